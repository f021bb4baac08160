package delivery

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Reconciled fails when an accepted delivery does not add up any more, in rows or in their content, and names the places,
// as Differences does. It is made before every build: it adds up rows where they lie, and only when that is not what was
// accepted does it look whether rows that were written twice are the reason, which takes a sort.
func Reconciled(ctx context.Context, db *warehouse.DB) error {
	const standing = "load_id IN (SELECT load_id FROM standing)"
	parts := []string{"SELECT load_id, file_no, toString(record) AS record, rows_accepted AS n, row_sum AS s, row_squares AS q, ifNull(digest, toUInt128(0)) AS d, isNotNull(digest) AS digested, " +
		"0 AS found, 0 AS found_sum, 0 AS found_squares, toUInt128(0) AS found_content FROM ops.delivery_file FINAL WHERE " + standing}
	for _, r := range schemas.Records {
		for _, rows := range []string{rowsAsTheyLie(r.Name, standing), erasedRows(r.Name, standing)} {
			parts = append(parts, fmt.Sprintf("SELECT load_id, file_no, '%s', 0, 0, 0, toUInt128(0), 0, n, s, q, d FROM (%s)", r.Name, rows))
		}
	}
	var differ uint64
	err := db.QueryRow(ctx, `WITH standing AS
		(
			SELECT load_id FROM ops.load FINAL WHERE (supplier, delivery_id, manifest_sha256) IN
				(SELECT supplier, delivery_id, manifest_sha256 FROM ops.delivery FINAL WHERE status = 'accepted')
		)
		SELECT count() FROM (SELECT load_id FROM (`+strings.Join(parts, " UNION ALL ")+`)
			GROUP BY load_id, file_no, record HAVING (sum(n), sum(s), sum(q)) != (sum(found), sum(found_sum), sum(found_squares))
				OR max(digested) = 1 AND sum(d) != sum(found_content))`).Scan(&differ)
	if err != nil {
		return fmt.Errorf("adding up the raw tables: %w", err)
	}
	if differ == 0 {
		return nil
	}
	return Differences(ctx, db)
}
