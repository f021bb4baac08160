package load

import (
	"errors"
	"strings"
	"testing"

	"doorstroom/pipelines/warehouse"
)

// TestTablesThatLackColumns: a table that lacks a column for its record is refused by its name and the column's, and no other is named.
func TestTablesThatLackColumns(t *testing.T) {
	e := startEngine(t)
	must(t, CheckTables(t.Context(), e.db))
	must(t, e.db.Exec(t.Context(), "ALTER TABLE raw.coa_stay DROP COLUMN location"))
	err := CheckTables(t.Context(), e.db)
	if !errors.Is(err, warehouse.ErrForeignTables) || !strings.Contains(err.Error(), "raw.coa_stay (no location);") || strings.Count(err.Error(), "raw.") != 1 {
		t.Errorf("%v", err)
	}
}
