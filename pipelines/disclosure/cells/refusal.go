package cells

import (
	"fmt"
	"strings"
)

// Refusal says why tables cannot be worked with. It names a cell by its table
// and its values, never by its count.
type Refusal struct {
	Table   string
	Cell    string // as "region=1, sex=total"; empty when it is about a table or the SPEC
	Problem string // what was found, what is expected, what to do
}

func (r *Refusal) Error() string {
	switch {
	case r.Table == "":
		return r.Problem
	case r.Cell == "":
		return fmt.Sprintf("table %s: %s", r.Table, r.Problem)
	}
	return fmt.Sprintf("table %s: %s: %s", r.Table, r.Cell, r.Problem)
}

// Refuse makes a refusal about a cell. An empty table stands for the first that has the cell.
func (m *Model) Refuse(table string, cell int, problem string) *Refusal {
	t := m.tableOf(table, cell)
	values := make([]string, len(t.Dimensions))
	names := make([]string, len(t.Dimensions))
	for i, d := range t.Dimensions {
		names[i], values[i] = m.Dimensions[d], m.Cells[cell].Values[d]
	}
	return &Refusal{Table: t.title(), Cell: Named(names, values), Problem: problem}
}

// Describe names a cell for a person: by the first table that has it, and its values there.
func (m *Model) Describe(cell int) string {
	r := m.Refuse("", cell, "")
	return fmt.Sprintf("table %s: %s", r.Table, r.Cell)
}

// tableOf finds the first table of that name, or of any, that has the cell.
func (m *Model) tableOf(name string, cell int) Table {
	for _, t := range m.Tables {
		if name != "" && t.Name != name {
			continue
		}
		for _, row := range t.Rows {
			if row.Cell == cell {
				return t
			}
		}
	}
	panic("cells: a cell that no table has") // cells are made of rows
}

// title names a table, with what tells it from others of its name.
func (t Table) title() string {
	return title(t.Name, t.Release, t.Population)
}

func title(name, release, population string) string {
	more := []string{}
	for _, s := range []string{release, population} {
		if s != "" {
			more = append(more, s)
		}
	}
	if len(more) == 0 {
		return name
	}
	return name + " (" + strings.Join(more, ", ") + ")"
}

// Named writes values with the dimensions that they are of.
func Named(dimensions, values []string) string {
	parts := make([]string, len(dimensions))
	for i, d := range dimensions {
		parts[i] = d + "=" + values[i]
	}
	return strings.Join(parts, ", ")
}
