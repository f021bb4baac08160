package publish

import (
	"testing"

	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
)

// TestSplit: months share no sum, so each is a part, with the cells of an earlier edition beside those of this one. No cell is
// lost, and none is in two parts.
func TestSplit(t *testing.T) {
	c := &catalogue.Catalogue{Threshold: 10, Base: 10, Entries: []*catalogue.Entry{byMonth}}
	counts := &counted{entry: byMonth, rows: []countedRow{
		row(50, "may", "A", "long"), row(70, "may", "A", "short"), row(90, "may", "A", "none"),
		row(60, "june", "A", "long"), row(40, "june", "B", "short"), row(20, "june", "A", "none"),
	}}
	n := int64(50)
	before := []released{{name: "r", edition: mustDay("2026-03-31"), tables: []Table{{Entry: byMonth, Rows: []Row{{Values: []string{"may", "A", "long"}, Status: published, Value: &n}}}}}}
	in, err := input(c, mustDay("2026-06-30"), []cells.InputTable{counts.complete().undecided()}, before)
	if err != nil {
		t.Fatal(err)
	}
	m, err := cells.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	parts := split(in, m)
	if len(parts) != 2 {
		t.Fatalf("%d parts, want one for each month", len(parts))
	}
	seen := map[string]bool{}
	for _, p := range parts {
		month := ""
		for _, table := range p.Tables {
			for _, r := range table.Rows {
				if month == "" {
					month = r.Values[0]
				}
				name := nameOf(table.Name, r.Values)
				if r.Values[0] != month || seen[name] {
					t.Errorf("%q is in a part of %s, or twice", name, month)
				}
				seen[name] = true
			}
		}
	}
	// In each month regions A, B and total, each with long, short, working, none and total; and one row of before.
	if len(seen) != 31 {
		t.Errorf("%d rows are in parts, want 31", len(seen))
	}
}
