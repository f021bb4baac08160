package speccase

import (
	"fmt"
	"slices"
	"strings"
)

// Check compares facts with what the case expects. It gives one text per
// difference; none when all is as expected.
func (c *Case) Check(facts []Table) []string {
	var differences []string
	for i := range c.Expect {
		differences = append(differences, c.Expect[i].check(facts)...)
	}
	return differences
}

func (e *Expectation) check(facts []Table) []string {
	want, err := e.spelledOut()
	if err != nil {
		return []string{err.Error()}
	}
	at := slices.IndexFunc(facts, func(t Table) bool { return t.Name == e.Name })
	if at < 0 {
		return []string{"there is no table " + e.Name}
	}
	got, err := facts[at].pick(&want)
	if err != nil {
		return []string{err.Error()}
	}
	return compareRows(e.Name, e.Columns, want.Rows, got)
}

// pick gives the rows that the expectation is about, in its columns.
func (t Table) pick(e *Expectation) ([][]string, error) {
	var columns []int
	for _, c := range e.Columns {
		at := slices.Index(t.Columns, c)
		if at < 0 {
			return nil, fmt.Errorf("%s has no column %s", t.Name, c)
		}
		columns = append(columns, at)
	}
	where := slices.Index(t.Columns, e.Where)
	if e.Where != "" && where < 0 {
		return nil, fmt.Errorf("%s has no column %s", t.Name, e.Where)
	}
	var rows [][]string
	for _, row := range t.Rows {
		if where >= 0 && !slices.Contains(e.WhereValues, row[where]) {
			continue
		}
		var cells []string
		for _, at := range columns {
			cells = append(cells, row[at])
		}
		rows = append(rows, cells)
	}
	return rows, nil
}

// compareRows tells which rows and cells differ.
func compareRows(table string, columns []string, want, got [][]string) []string {
	var differences []string
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			differences = append(differences, fmt.Sprintf("%s row %d is missing: %s", table, i+1, strings.Join(want[i], " | ")))
		case i >= len(want):
			differences = append(differences, fmt.Sprintf("%s row %d is too many: %s", table, i+1, strings.Join(got[i], " | ")))
		default:
			for c := range columns {
				if want[i][c] != got[i][c] {
					differences = append(differences, fmt.Sprintf("%s row %d (%s): %s is %s, want %s",
						table, i+1, got[i][0], columns[c], got[i][c], want[i][c]))
				}
			}
		}
	}
	return differences
}

// Compare tells where two sets of tables differ in any row or column.
func Compare(want, got []Table) []string {
	var differences []string
	for i := range want {
		if !slices.Equal(want[i].Columns, got[i].Columns) {
			differences = append(differences, fmt.Sprintf("%s: columns %v, want %v", want[i].Name, got[i].Columns, want[i].Columns))
			continue
		}
		differences = append(differences, compareRows(want[i].Name, want[i].Columns, want[i].Rows, got[i].Rows)...)
	}
	return differences
}
