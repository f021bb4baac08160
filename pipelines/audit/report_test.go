package audit

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"doorstroom/pipelines/disclosure/cells"
)

// reported are the findings of tables that are decided, by the names of table and cell.
func reported(t *testing.T, tables ...cells.InputTable) []string {
	t.Helper()
	m, err := cells.Build(cells.Input{Rules: cells.Rules{Threshold: 10, Base: 5, Range: 10}, Tables: tables})
	if err != nil {
		t.Fatal(err)
	}
	v, err := m.Seen()
	if err != nil {
		t.Fatal(err)
	}
	report, err := Audit(context.Background(), v, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, fmt.Sprint(f.Table, " ", v.Cells[f.Cell].Values, " ", f.Range.Low, " ", f.Range.High, " ", f.Range.Endless, " ", f.Narrow))
	}
	return found
}

// TestDifferencesThatTell: of two equal figures to base 5 the counts differ by 4 at most, which tells of a small group;
// 20 and 40 are 16 to 24 apart, which does not (the contract on releases).
func TestDifferencesThatTell(t *testing.T) {
	of := func(release string, a, b int64) cells.InputTable {
		return cells.InputTable{Name: "t", Release: release, Dimensions: []string{"region"}, Rows: []cells.InputRow{
			{Values: []string{"a"}, Count: a, Status: cells.Published}, {Values: []string{"b"}, Count: b, Status: cells.Published},
		}}
	}
	if got, want := reported(t, of("1", 20, 20), of("2", 20, 40)), []string{"2 - 1 [a] -4 4 false true"}; !slices.Equal(got, want) {
		t.Errorf("reported is %q, want %q", got, want)
	}
}

// TestSuppressedInTwoTables: a cell that two tables withhold is reported for both.
func TestSuppressedInTwoTables(t *testing.T) {
	one := cells.InputTable{Name: "one", Dimensions: []string{"region"}, Rows: []cells.InputRow{{Values: []string{"a"}, Status: cells.Suppressed}}}
	two := cells.InputTable{Name: "two", Dimensions: []string{"region", "sex"}, Rows: []cells.InputRow{{Values: []string{"a", cells.Total}, Status: cells.Suppressed}}}
	got := reported(t, one, two)
	if len(got) != 2 || got[0][:3] != "one" || got[1][:3] != "two" || got[0][3:] != got[1][3:] {
		t.Errorf("reported is %q, want the same range twice", got)
	}
}
