package backup

import (
	"slices"
	"testing"
)

// TestDifferences names every table that is not there, is too much, or does not hold the same, and the version of the tables.
func TestDifferences(t *testing.T) {
	one, two := Table{"raw.coa_stay", 3, "00000000000000aa"}, Table{"ops.delivery", 1, "00000000000000bb"}
	backed := Warehouse{SchemaVersion: 7, Tables: []Table{one, two}}
	with := func(version int64, tables ...Table) Warehouse {
		return Warehouse{SchemaVersion: version, Tables: tables, ClickHouse: "another server"}
	}
	for name, c := range map[string]struct {
		got  Warehouse
		want []string
	}{
		"the same in another order": {with(7, two, one), nil},
		"a table is missing":        {with(7, one), []string{"ops.delivery"}},
		"all tables are missing":    {with(7), []string{"ops.delivery", "raw.coa_stay"}},
		"a table too many":          {with(7, one, two, Table{"marts.x", 0, ""}), []string{"marts.x"}},
		"a row less":                {with(7, two, Table{one.Name, 2, one.Hash}), []string{one.Name}},
		"other content":             {with(7, two, Table{one.Name, 3, "00000000000000ab"}), []string{one.Name}},
		"another migration":         {with(8, one, two), []string{"ops.schema_version"}},
		"all of it":                 {with(6, Table{one.Name, 2, one.Hash}), []string{"ops.delivery", "ops.schema_version", "raw.coa_stay"}},
	} {
		if got := backed.Differences(c.got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q differ, want %q", name, got, c.want)
		}
	}
}

// TestTablesOfABackup are those of every database but that of builds under way.
func TestTablesOfABackup(t *testing.T) {
	if want := []string{"ops", "raw", "facts_store", "facts", "staging", "intermediate", "marts", "latest", "as_of", "publication_store", "publication"}; !slices.Equal(databases, want) {
		t.Errorf("a backup holds %q, want %q", databases, want)
	}
	if got, want := contentQuery("ops", "delivery", true), "SELECT 'ops.delivery', count(), lower(leftPad(hex(sum(sipHash64(tuple(*)))), 16, '0')) FROM ops.`delivery` FINAL"; got != want {
		t.Errorf("content is asked by\n%s\nwant\n%s", got, want)
	}
}
