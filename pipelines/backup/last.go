package backup

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
)

// Last tells when this warehouse was last backed up, and to where, or restored.
func Last(ctx context.Context, db *warehouse.DB) (string, error) {
	var at time.Time
	var action, subject string
	var n uint64
	err := db.QueryRow(ctx, "SELECT max(at), argMax(action, at), argMax(subject, at), count() FROM ops.operator_action WHERE action IN ('backup', 'restore')").Scan(&at, &action, &subject, &n)
	day := at.UTC().Format("2006-01-02 15:04:05 UTC")
	switch {
	case err != nil:
		return "", fmt.Errorf("asking for the last backup: %w", err)
	case n == 0:
		return "never; 'doorstroom backup --out DIR' makes one", nil
	case action == "restore":
		return "none since the restore of " + day + " from the " + subject, nil
	}
	return day + ", " + subject, nil
}
