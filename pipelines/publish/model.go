package publish

import (
	"maps"
	"slices"

	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/schemas"
)

// Row is a row of a published table: a cell, or a place that has no figure.
type Row struct {
	Values []string // one for each of the entry's columns
	Status string   // published, suppressed, not_applicable or not_yet
	// Value is the figure and Denominator that of the same cell with any outcome, in the entry's unit; nil where it is not published.
	Value, Denominator *int64
}

// Share is the published figure as part of the published denominator; nil when there is no such part.
func (r Row) Share() *float64 {
	if r.Value == nil || r.Denominator == nil || *r.Denominator == 0 {
		return nil
	}
	share := float64(*r.Value) / float64(*r.Denominator)
	return &share
}

// Statuses of rows, as the contract names them.
const (
	published  = "published"
	suppressed = "suppressed"
)

// Table is a published table of one release.
type Table struct {
	Entry *catalogue.Entry
	Rows  []Row
}

// released is the tables of a release that stands already.
type released struct {
	name    string
	edition schemas.Date
	tables  []Table
}

// input is one system of everything that is to be protected and everything that was published before. A cell of an edition is
// one cell in all releases of it, because a released edition never changes; so releases are told apart by their editions.
func input(c *catalogue.Catalogue, edition schemas.Date, now []cells.InputTable, before []released) (cells.Input, error) {
	in := cells.Input{Rules: cells.Rules{Threshold: c.Threshold, Base: c.Base, Range: c.Threshold}, Within: c.Within}
	entries := c.Entries
	for _, r := range before {
		for _, t := range r.tables {
			earlier := t.decided(r.edition)
			earlier.Name += " of release " + r.name
			in.Tables = append(in.Tables, earlier)
			entries = append(slices.Clip(entries), t.Entry)
		}
	}
	for _, t := range now {
		t.Release = edition.String()
		in.Tables = append(in.Tables, t)
	}
	var err error
	in.Hierarchies, err = hierarchies(entries)
	return in, err
}

// hierarchies are those of outcomes with groups, each once.
func hierarchies(entries []*catalogue.Entry) (all []*cells.Hierarchy, err error) {
	seen := map[string]bool{}
	for _, e := range entries {
		if e.Outcome == nil || len(e.Outcome.Groups) == 0 {
			continue
		}
		var lines []cells.Parent
		grouped := map[string]string{}
		name := e.Outcome.Name
		for _, group := range slices.Sorted(maps.Keys(e.Outcome.Groups)) {
			lines = append(lines, cells.Parent{Value: group, Parent: cells.Total})
			for _, v := range e.Outcome.Groups[group] {
				grouped[v] = group
			}
		}
		for _, v := range e.Outcome.Values() {
			parent := grouped[v]
			if parent == "" {
				parent = cells.Total
			}
			lines = append(lines, cells.Parent{Value: v, Parent: parent})
		}
		for _, l := range lines {
			name += between + l.Value + between + l.Parent
		}
		if seen[name] {
			continue
		}
		seen[name] = true
		h, err := cells.NewHierarchy(e.Outcome.Name, lines)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

// undecided is a table that is still to be protected, with orders for cells that give a group away.
func (t *table) undecided() cells.InputTable {
	in := cells.InputTable{Name: t.entry.Name, Population: t.entry.Population, Dimensions: t.entry.Columns(), Weight: weight(t.entry)}
	for _, row := range t.rows {
		in.Rows = append(in.Rows, cells.InputRow{Values: row.values, Count: row.count, Status: t.order(row)})
	}
	return in
}

// weight is how much the cells of a table are missed: most those of importance 1 to 9, least those of 30 and more.
func weight(e *catalogue.Entry) int64 { return int64(max(1, 4-e.Importance/10)) }

// order suppresses an outcome that everybody of a group has, or everybody but one.
func (t *table) order(row countedRow) cells.Status {
	o, last := t.entry.Outcome, len(row.values)-1
	if o == nil || !o.Sensitive || row.values[last] == cells.Total || slices.Contains(o.Structural, row.values[last]) {
		return cells.Undecided
	}
	margin := slices.Clone(row.values)
	margin[last] = cells.Total
	if disclosure.GroupDisclosure(row.count, t.counts[key(margin)]) {
		return cells.Suppressed
	}
	return cells.Undecided
}

// decided is a published table as an outsider has it.
func (t Table) decided(edition schemas.Date) cells.InputTable {
	in := cells.InputTable{Name: t.Entry.Name, Population: t.Entry.Population, Dimensions: t.Entry.Columns(), Release: edition.String()}
	for _, row := range t.Rows {
		switch row.Status {
		case published:
			in.Rows = append(in.Rows, cells.InputRow{Values: row.Values, Status: cells.Published, Count: *row.Value})
		case suppressed:
			in.Rows = append(in.Rows, cells.InputRow{Values: row.Values, Status: cells.Suppressed})
		}
	}
	return in
}
