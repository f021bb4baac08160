package edition

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"doorstroom/schemas"
)

// ErrRowsChanged says that the stored facts are not those that were built.
var ErrRowsChanged = errors.New("the facts are not those that were built: restore the warehouse, or withdraw and release one of the deliveries, and run again to build them again")

// Reconcile holds the stored rows of a standing edition against those that it was built with, and names the tables that
// differ. It reads no row.
func (f *Builder) Reconcile(ctx context.Context, e *Edition) error {
	var differ []string
	for _, t := range schemas.FactTables {
		var n uint64
		err := f.config.Warehouse.QueryRow(ctx, "SELECT count() FROM facts_store."+t.Name+" WHERE edition = toDate(?) AND build = ?", e.CutOff.String(), e.Build).Scan(&n)
		if err != nil {
			return fmt.Errorf("counting the rows of %s: %w", t.Name, err)
		}
		if n != e.Rows[t.Name] {
			differ = append(differ, t.Name)
		}
	}
	if len(differ) > 0 {
		return fmt.Errorf("edition %s, rows of %s: %w", e.CutOff, strings.Join(differ, ", "), ErrRowsChanged)
	}
	return nil
}
