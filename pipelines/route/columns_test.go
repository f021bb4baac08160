package route_test

import (
	"slices"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/speccase"
	"doorstroom/schemas"
)

// TestColumnsAreTheContracts holds the tables that the cases and the reference
// compare equal to facts.csv and to those beside it, so that no column goes untested.
func TestColumnsAreTheContracts(t *testing.T) {
	want := map[string][]string{}
	for _, table := range schemas.FactTables {
		for _, column := range table.Columns {
			if name := column.Name; table.Name != "link_conflict" && name != "edition" && name != "person_id" {
				want[table.Name] = append(want[table.Name], name)
			}
		}
	}
	tables := speccase.Tables(&route.Facts{})
	if len(tables) != len(want) {
		t.Errorf("%d tables, the contract and the file beside it have %d", len(tables), len(want))
	}
	for _, table := range tables {
		if !slices.Equal(table.Columns, want[table.Name]) {
			t.Errorf("%s has columns %v, want %v", table.Name, table.Columns, want[table.Name])
		}
	}
}
