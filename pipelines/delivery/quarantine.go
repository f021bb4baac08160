package delivery

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// QuarantineEntry is one broken field of a record that was put aside.
type QuarantineEntry struct {
	Supplier, DeliveryID, Record, File string
	Row                                uint64
	Field, Rule                        string
}

// EachQuarantined hands on the broken fields that a supplier still has to see
// to, in the order of QuarantineQuery, one supplier after the other. An error of take ends it.
func EachQuarantined(ctx context.Context, db *warehouse.DB, take func(QuarantineEntry) error) error {
	rows, err := db.Query(ctx, sqlFiles.Render("quarantine_still_open.sql", nil))
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
