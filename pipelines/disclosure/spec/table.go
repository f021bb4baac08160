package spec

import (
	"fmt"
	"slices"
	"strconv"

	"doorstroom/pipelines/disclosure/cells"
)

// greatest is the largest count that is taken: sums of it stay exact.
const greatest = 1_000_000_000_000

// names of the statuses in files.
var statuses = map[string]cells.Status{"": cells.Undecided, "published": cells.Published, "suppressed": cells.Suppressed}

// table reads the rows of a table.
func (s *Spec) table(t writtenTable) (cells.InputTable, error) {
	in := cells.InputTable{Name: t.Name, Release: t.Release, Population: t.Population, Dimensions: t.Dimensions}
	f, err := s.open(t.File, t.Name)
	if err != nil {
		return in, err
	}
	at, err := f.columns(append([]string{t.Count, t.Status}, t.Dimensions...), t.Name)
	if err != nil {
		return in, err
	}
	decided := true
	for _, record := range f.records[1:] {
		row := cells.InputRow{Values: pick(record, at[2:])}
		if slices.Contains(row.Values, "") {
			return in, t.refuse(row, "has an empty value; write total for the margin, or the value")
		}
		var known bool
		if row.Status, known = statuses[record[at[1]]]; !known {
			return in, t.refuse(row, fmt.Sprintf("has the status %q; it must be published, suppressed or empty", record[at[1]]))
		}
		decided = decided && row.Status != cells.Undecided
		in.Rows = append(in.Rows, row)
	}
	for i := range in.Rows {
		row := &in.Rows[i]
		if decided && row.Status == cells.Suppressed {
			continue // nobody reads what may stand there
		}
		if err := t.read(row, f.records[i+1][at[0]]); err != nil {
			return in, err
		}
	}
	return in, nil
}

// read takes the count of a row.
func (t writtenTable) read(row *cells.InputRow, text string) error {
	count, err := strconv.ParseUint(text, 10, 63)
	if err != nil || count > greatest {
		return t.refuse(*row, fmt.Sprintf("has no count that can be used; it must be a whole number from 0 to %d in digits", greatest))
	}
	row.Count = int64(count)
	return nil
}

func (t writtenTable) refuse(row cells.InputRow, problem string) error {
	return &cells.Refusal{Table: t.Name, Cell: cells.Named(t.Dimensions, row.Values), Problem: problem}
}

func pick(record []string, at []int) []string {
	values := make([]string, len(at))
	for i, column := range at {
		values[i] = record[column]
	}
	return values
}

// hierarchy reads the tree of a dimension.
func (s *Spec) hierarchy(h writtenHierarchy) (*cells.Hierarchy, error) {
	name := "hierarchy of " + h.Dimension
	f, err := s.open(h.File, name)
	if err != nil {
		return nil, err
	}
	at, err := f.columns([]string{"value", "parent"}, name)
	if err != nil {
		return nil, err
	}
	var lines []cells.Parent
	for _, record := range f.records[1:] {
		lines = append(lines, cells.Parent{Value: record[at[0]], Parent: record[at[1]]})
	}
	return cells.NewHierarchy(h.Dimension, lines)
}
