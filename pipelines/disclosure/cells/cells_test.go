package cells

import (
	"errors"
	"strings"
	"testing"
)

// TestRound has the examples of the contract and halves, which go upwards.
func TestRound(t *testing.T) {
	for _, c := range []struct{ base, count, figure, low, high int64 }{
		{0, 7, 7, 7, 7}, {1, 7, 7, 7, 7}, {5, 7, 5, 3, 7}, {5, 8, 10, 8, 12}, {5, 2, 0, 0, 2}, {5, 3, 5, 3, 7},
		{2, 9, 10, 9, 10}, {2, 1, 2, 1, 2}, {10, 5, 10, 5, 14}, {10, 4, 0, 0, 4},
	} {
		r := Rules{Base: c.base}
		if got := r.Round(c.count); got != c.figure {
			t.Errorf("base %d: %d becomes %d, want %d", c.base, c.count, got, c.figure)
		}
		if low, high, ok := r.Rounded(c.figure); !ok || low != c.low || high != c.high {
			t.Errorf("base %d: %d stands for %d..%d, want %d..%d", c.base, c.figure, low, high, c.low, c.high)
		}
	}
	if _, _, ok := (Rules{Base: 5}).Rounded(7); ok {
		t.Error("7 is no rounding to 5")
	}
}

func TestTelling(t *testing.T) {
	for _, c := range []struct {
		r     Range
		tells bool
	}{
		{Range{Low: 0, High: 0}, false}, {Range{Low: 3, High: 3}, true}, {Range{Low: -9, High: 9}, true},
		{Range{Low: -9, High: 10}, false}, {Range{Low: -10, High: 3}, false}, {Range{Low: 1, Endless: true}, false},
	} {
		if got := c.r.Telling(10); got != c.tells {
			t.Errorf("%+v: %v", c.r, got)
		}
	}
}

func TestBrokenHierarchies(t *testing.T) {
	for want, lines := range map[string][]Parent{
		"region=1: has two parents":           {{"A", Total}, {"B", Total}, {"1", "A"}, {"1", "B"}},
		"region=1: stands there twice":        {{"1", Total}, {"1", Total}},
		"region=total: is the margin":         {{Total, "A"}},
		"region=1: does not lead up to total": {{"1", "A"}},
		"region=1: is in a line that lacks":   {{"1", ""}},
		"region=A: does not lead up to total": {{"A", "A"}},
	} {
		_, err := NewHierarchy("region", lines)
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", lines, err, want)
		}
	}
}

// TestLinesThatNameNothing: a line of the SPEC that names what no table has does nothing, and is told.
func TestLinesThatNameNothing(t *testing.T) {
	tree, err := NewHierarchy("region", []Parent{{"1", Total}})
	if err != nil {
		t.Fatal(err)
	}
	table := InputTable{Name: "t", Release: "a", Population: "all", Dimensions: []string{"sex"},
		Rows: []InputRow{{Values: []string{"m"}, Status: Published, Count: 20}}}
	m, err := Build(Input{Tables: []InputTable{table}, Hierarchies: []*Hierarchy{tree},
		Constant: [][]string{{"sex"}, {"cohort"}}, Within: map[string]string{"men": "all"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{`hierarchies: no table has the dimension "region"`, `constant: no table has the dimension "cohort"`, `within: no table is of the population "men"`} {
		if len(m.Notes) != 3 || !strings.HasPrefix(m.Notes[i], want) {
			t.Errorf("notes are %q, want %s", m.Notes, want)
		}
	}
	if m.Cells[0].Release != "" {
		t.Error("the line that names a dimension of the table does nothing")
	}
}
