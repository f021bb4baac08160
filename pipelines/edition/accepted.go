package edition

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// accepted reads the accepted deliveries and what their manifests name.
func accepted(ctx context.Context, db *warehouse.DB) ([]Load, error) {
	return readLoads(ctx, db, "status = 'accepted'")
}

// readLoads reads the deliveries that a condition on ops.delivery selects, accepted or once accepted.
func readLoads(ctx context.Context, db *warehouse.DB, condition string, args ...any) ([]Load, error) {
	return queryLoads(ctx, db, `SELECT l.load_id, l.supplier, l.delivery_id, l.manifest_sha256, l.reading_version, l.drawn_on, l.covers_to, l.mode, l.municipality_codes, r.records, d.withdrawn, d.synthetic
		FROM ops.load AS l FINAL
		INNER JOIN (SELECT supplier, delivery_id, manifest_sha256, reason = 'withdrawn' AS withdrawn, synthetic FROM ops.delivery FINAL WHERE `+condition+`) AS d
			USING (supplier, delivery_id, manifest_sha256)
		LEFT JOIN (SELECT load_id, groupUniqArray(toString(record)) AS records FROM ops.delivery_record GROUP BY load_id) AS r USING (load_id)
		ORDER BY l.load_id`, args...)
}

// queryLoads reads loads; the columns of the query are those of the Scan.
func queryLoads(ctx context.Context, db *warehouse.DB, query string, args ...any) ([]Load, error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the accepted deliveries: %w", err)
	}
	defer rows.Close()
	var loads []Load
	for rows.Next() {
		var l Load
		var drawnOn, coversTo *time.Time
		var mode *string
		if err := rows.Scan(&l.ID, &l.Supplier, &l.DeliveryID, &l.Manifest, &l.ReadingVersion, &drawnOn, &coversTo, &mode, &l.Municipalities, &l.Records, &l.Withdrawn, &l.Synthetic); err != nil {
			return nil, fmt.Errorf("reading the accepted deliveries: %w", err)
		}
		if drawnOn == nil || mode == nil {
			return nil, fmt.Errorf("delivery %s/%s is accepted without a drawn_on or a mode, which cannot be: load it again", l.Supplier, l.DeliveryID)
		}
		l.DrawnOn, l.Full = schemas.DateFromTime(*drawnOn), *mode == "full"
		if coversTo != nil {
			l.CoversTo = schemas.DateFromTime(*coversTo)
		}
		loads = append(loads, l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the accepted deliveries: %w", err)
	}
	return loads, nil
}
