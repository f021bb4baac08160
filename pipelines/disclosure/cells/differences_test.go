package cells

import (
	"slices"
	"testing"
)

// TestDifferences pairs a cell with itself in each other release, not in the next one only, and with that of a population
// that its own lies within; one that is constant is the same cell in all releases.
func TestDifferences(t *testing.T) {
	table := func(release, population string) InputTable {
		return InputTable{Name: "t", Release: release, Population: population, Dimensions: []string{"region"}, Rows: []InputRow{{Values: []string{"a"}, Count: 20}}}
	}
	names := func(in Input) []string {
		t.Helper()
		in.Rules = Rules{Threshold: 10, Range: 10}
		m, err := Build(in)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, d := range m.Differences {
			found = append(found, d.Name)
		}
		slices.Sort(found)
		return found
	}
	three := []InputTable{table("1", "all"), table("2", "all"), table("3", "all")}
	if got, want := names(Input{Tables: three}), []string{"2 - 1", "3 - 1", "3 - 2"}; !slices.Equal(got, want) {
		t.Errorf("of three releases the differences are %q, want %q", got, want)
	}
	if got := names(Input{Tables: three, Constant: [][]string{{"region"}}}); len(got) != 0 {
		t.Errorf("of a constant cell the differences are %q", got)
	}
	both := Input{Tables: []InputTable{table("1", "all"), table("1", "men")}, Within: map[string]string{"men": "all"}}
	if got, want := names(both), []string{"all - men"}; !slices.Equal(got, want) {
		t.Errorf("of men and all the differences are %q, want %q", got, want)
	}
	both.Within = nil
	if got := names(both); len(got) != 0 {
		t.Errorf("of populations that nothing is known of the differences are %q", got)
	}
}
