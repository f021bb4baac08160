package route_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/speccase"
)

// TestColumnsAreTheContracts holds the tables that the cases and the reference
// compare equal to facts.csv, so that no column goes untested.
func TestColumnsAreTheContracts(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "schemas", "contract", "facts.csv"))
	if err != nil {
		t.Fatalf("open the contract: %v", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("read the contract: %v", err)
	}
	want := map[string][]string{}
	for _, row := range rows[1:] {
		if table, column := row[0], row[1]; table != "link_conflict" && column != "edition" && column != "person_id" {
			want[table] = append(want[table], column)
		}
	}
	tables := speccase.Tables(&route.Facts{})
	if len(tables) != len(want) {
		t.Errorf("%d tables, the contract has %d", len(tables), len(want))
	}
	for _, table := range tables {
		if !slices.Equal(table.Columns, want[table.Name]) {
			t.Errorf("%s has columns %v, the contract %v", table.Name, table.Columns, want[table.Name])
		}
	}
}
