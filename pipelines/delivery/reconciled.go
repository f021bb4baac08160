package delivery

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// Reconciled fails when an accepted delivery does not add up any more, in rows or in their content, and names the places,
// as Differences does. It is made before every build: it adds up rows where they lie, and only when that is not what was
// accepted does it look whether rows that were written twice are the reason, which takes a sort.
func Reconciled(ctx context.Context, db *warehouse.DB) error {
	var differ uint64
	err := db.QueryRow(ctx, sqlFiles.Render("reconciled.sql", rowsOfAll(inForce))).Scan(&differ)
	if err != nil {
		return fmt.Errorf("adding up the raw tables: %w", err)
	}
	if differ == 0 {
		return nil
	}
	return Differences(ctx, db)
}
