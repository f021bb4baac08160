package disclosure_test

import (
	"testing"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
)

// TestMarginsOfAnotherTableArePeople: every cell of a table may be the sum of cells of another, and the table has people all
// the same. There is no total over regions, so the cells of work are all that it has.
func TestMarginsOfAnotherTableArePeople(t *testing.T) {
	row := func(count int64, values ...string) cells.InputRow {
		return cells.InputRow{Values: values, Count: count}
	}
	m, err := cells.Build(cells.Input{
		Rules: cells.Rules{Threshold: 10, Range: 10, Base: 5},
		Tables: []cells.InputTable{
			{Name: "work", Dimensions: []string{"region"}, Rows: []cells.InputRow{row(100, "1"), row(200, "2")}},
			{Name: "work by sex", Dimensions: []string{"region", "sex"}, Rows: []cells.InputRow{
				row(40, "1", "m"), row(60, "1", "f"), row(100, "1", cells.Total), row(150, "2", "m"), row(50, "2", "f"), row(200, "2", cells.Total),
			}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	view, err := disclosure.Protect(t.Context(), m, audit.Ranges)
	if err != nil {
		t.Fatal(err)
	}
	for i, shown := range view.Shown {
		if !shown {
			t.Errorf("%s is suppressed; every count is far above the threshold", view.Describe(i))
		}
	}
}

// TestWeight: one of two regions of as many people has to go with the small one, and it is the one that no weightier table shows.
func TestWeight(t *testing.T) {
	row := func(region string, count int64) cells.InputRow {
		return cells.InputRow{Values: []string{region}, Count: count}
	}
	for missed, want := range map[string]string{"1": "2", "2": "1"} {
		m, err := cells.Build(cells.Input{
			Rules: cells.Rules{Threshold: 10, Range: 10},
			Tables: []cells.InputTable{
				{Name: "all", Dimensions: []string{"region"}, Rows: []cells.InputRow{row("1", 40), row("2", 40), row("3", 3), row(cells.Total, 83)}},
				{Name: "missed", Dimensions: []string{"region"}, Rows: []cells.InputRow{row(missed, 40)}, Weight: 3},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		view, err := disclosure.Protect(t.Context(), m, audit.Ranges)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range view.Cells {
			if hidden := c.Values[0] == want || c.Values[0] == "3"; view.Shown[i] == hidden {
				t.Errorf("with region %s missed most, %s is shown: %v", missed, view.Describe(i), view.Shown[i])
			}
		}
	}
}

// TestSmallTables: of a table of nine people nothing is published, not even that nobody is in a cell; of ten everything may be
// (the contract on small totals).
func TestSmallTables(t *testing.T) {
	for people, shown := range map[int64]bool{9: false, 10: true} {
		m, err := cells.Build(cells.Input{Rules: cells.Rules{Threshold: 10, Range: 10, Base: 5}, Tables: []cells.InputTable{
			{Name: "work", Dimensions: []string{"region"}, Rows: []cells.InputRow{
				{Values: []string{"1"}, Count: 0}, {Values: []string{"2"}, Count: people}, {Values: []string{cells.Total}, Count: people},
			}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		view, err := disclosure.Protect(t.Context(), m, audit.Ranges)
		if err != nil {
			t.Fatal(err)
		}
		for i := range view.Shown {
			if view.Shown[i] != shown {
				t.Errorf("of %d people %s is shown: %v", people, view.Describe(i), view.Shown[i])
			}
		}
	}
}
