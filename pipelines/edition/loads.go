package edition

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// accepted reads the accepted deliveries and what their manifests name.
func accepted(ctx context.Context, db *warehouse.DB) ([]versions.Load, error) {
	return readLoads(ctx, db, "status = 'accepted'")
}

// readLoads reads the deliveries that a condition on ops.delivery selects, accepted or once accepted.
func readLoads(ctx context.Context, db *warehouse.DB, condition string, args ...any) ([]versions.Load, error) {
	return queryLoads(ctx, db, sqlFiles.Render("decided_loads.sql", map[string]string{"Decided": condition}), args...)
}

// readInputs gives what a build was made of, with what became of it since; nothing of a build that was made before it was
// written down.
func readInputs(ctx context.Context, db *warehouse.DB, build uint64) ([]versions.Load, error) {
	return queryLoads(ctx, db, sqlFiles.Render("inputs_of_build.sql", nil), build)
}

// queryLoads reads loads; the columns of the query are those of the Scan.
func queryLoads(ctx context.Context, db *warehouse.DB, query string, args ...any) ([]versions.Load, error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the accepted deliveries: %w", err)
	}
	defer rows.Close()
	var loads []versions.Load
	for rows.Next() {
		var l versions.Load
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
