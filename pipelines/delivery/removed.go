package delivery

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// ErrRowsRemoved says that rows that would be needed are gone because their retention period was over.
var ErrRowsRemoved = errors.New("rows that are needed for it were removed, their retention period is over ('doorstroom retain')")

// stillThere fails when rows of a manifest were removed: it cannot be accepted any more.
func stillThere(ctx context.Context, db *warehouse.DB, supplier, deliveryID, manifestSHA256 string) error {
	return removed(ctx, db, deliveryID, `SELECT count() FROM ops.retention WHERE unit = 'rows' AND load_id IN (
SELECT load_id FROM ops.load FINAL WHERE supplier = ? AND delivery_id = ? AND manifest_sha256 = ?)`, supplier, deliveryID, manifestSHA256)
}

// stillReplaceable fails when a delivery may be the one that replaced rows that were removed: without it they would be missed.
func stillReplaceable(ctx context.Context, db *warehouse.DB, supplier, deliveryID, manifestSHA256 string) error {
	return removed(ctx, db, deliveryID, `SELECT count() FROM ops.retention WHERE layer = 'replaced' AND toDate32(before) >= (
SELECT any(drawn_on) FROM ops.load WHERE supplier = ? AND delivery_id = ? AND manifest_sha256 = ?)`, supplier, deliveryID, manifestSHA256)
}

func removed(ctx context.Context, db *warehouse.DB, deliveryID, query string, args ...any) error {
	var n uint64
	if err := db.QueryRow(ctx, query, args...).Scan(&n); err != nil {
		return fmt.Errorf("asking what was removed: %w", err)
	}
	if n > 0 {
		return fmt.Errorf("delivery %s: %w", deliveryID, ErrRowsRemoved)
	}
	return nil
}
