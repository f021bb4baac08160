package load

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// QuarantineByRuleQuery groups the broken fields of the deliveries that stand:
// how many, and the first rows, file by file, as FILE:ROW.
const QuarantineByRuleQuery = `SELECT supplier, delivery_id, record, rule, field, count() AS entries,
    arrayStringConcat(arrayMap(p -> concat(p.1, ':', toString(p.2)), groupArraySorted(5)((file, row))), ' ') AS first_rows
FROM ops.quarantine GROUP BY supplier, delivery_id, record, rule, field
ORDER BY supplier, delivery_id, entries DESC, record, rule, field`

// QuarantineEntry is one broken field of a record that was put aside.
type QuarantineEntry struct {
	Supplier, DeliveryID, Record, File string
	Row                                uint64
	Field, Rule                        string
}

// EachQuarantined hands on the broken fields of the deliveries that stand, in
// the order of QuarantineQuery, one supplier after the other. An error of take ends it.
func EachQuarantined(ctx context.Context, db *warehouse.DB, take func(QuarantineEntry) error) error {
	rows, err := db.Query(ctx, QuarantineQuery)
	if err != nil {
		return fmt.Errorf("reading the quarantine: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q QuarantineEntry
		if err := rows.Scan(&q.Supplier, &q.DeliveryID, &q.Record, &q.File, &q.Row, &q.Field, &q.Rule); err != nil {
			return fmt.Errorf("reading the quarantine: %w", err)
		}
		if err := take(q); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the quarantine: %w", err)
	}
	return nil
}
