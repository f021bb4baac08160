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
	return removed(ctx, db, deliveryID, "removed_of_manifest.sql", supplier, deliveryID, manifestSHA256)
}

// stillReplaceable fails when a delivery may be the one that replaced rows that were removed: without it they would be missed.
func stillReplaceable(ctx context.Context, db *warehouse.DB, supplier, deliveryID, manifestSHA256 string) error {
	return removed(ctx, db, deliveryID, "removed_as_replaced.sql", supplier, deliveryID, manifestSHA256)
}

func removed(ctx context.Context, db *warehouse.DB, deliveryID, file string, args ...any) error {
	var n uint64
	if err := db.QueryRow(ctx, sqlFiles.Render(file, nil), args...).Scan(&n); err != nil {
		return fmt.Errorf("asking what was removed: %w", err)
	}
	if n > 0 {
		return fmt.Errorf("delivery %s: %w", deliveryID, ErrRowsRemoved)
	}
	return nil
}
