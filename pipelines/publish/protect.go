package publish

import (
	"context"
	"fmt"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
)

// TooNarrow says that what was published before leaves a range too narrow, whatever is suppressed now.
type TooNarrow struct {
	Ranges int    // how many are
	First  string // the first of them, by table and values
	Least  int64  // how wide they should be
}

func (e *TooNarrow) Error() string {
	return fmt.Sprintf("%d ranges are narrower than %d because of earlier releases, the first that of %s: nothing is released; publish a catalogue without that table, or with a greater base",
		e.Ranges, e.Least, e.First)
}

// protect decides about all cells of a release and has the attack look at what an outsider would see. It returns a
// *cells.Refusal, audit.ErrNotFinished or a *TooNarrow for what cannot be released.
func protect(ctx context.Context, c *catalogue.Catalogue, release string, counts []*counted, before []released) ([]Table, error) {
	var now []cells.InputTable
	for _, t := range counts {
		now = append(now, t.complete().undecided())
	}
	in, err := input(c, release, now, before)
	if err != nil {
		return nil, err
	}
	m, err := cells.Build(in)
	if err != nil {
		return nil, err
	}
	view, err := disclosure.Protect(ctx, m, audit.Ranges)
	if err != nil {
		return nil, err
	}
	tables := shown(view, release, counts)
	return tables, attack(ctx, c, release, tables, before, m.Counts())
}

// shown gives the tables of a release as the public will see them.
func shown(view *cells.View, release string, counts []*counted) []Table {
	var tables []Table
	for _, t := range view.Tables {
		if t.Release != release {
			continue
		}
		c := counts[len(tables)]
		out := Table{Entry: c.entry}
		figures := map[string]*int64{}
		for _, row := range t.Rows {
			r := Row{Values: valuesOf(view, t, row.Cell), Status: suppressed}
			if view.Shown[row.Cell] {
				r.Status, r.Value = published, &view.Figure[row.Cell]
			}
			figures[key(r.Values)] = r.Value
			out.Rows = append(out.Rows, r)
		}
		out.denominators(figures)
		for _, w := range c.without {
			out.Rows = append(out.Rows, Row{Values: w.values, Status: w.status})
		}
		tables = append(tables, out)
	}
	return tables
}

func valuesOf(view *cells.View, t cells.Table, cell int) []string {
	values := make([]string, len(t.Dimensions))
	for i, d := range t.Dimensions {
		values[i] = view.Cells[cell].Values[d]
	}
	return values
}

// denominators gives every row the published figure of everybody, whatever their outcome.
func (t *Table) denominators(figures map[string]*int64) {
	if t.Entry.Outcome == nil {
		return
	}
	for i, row := range t.Rows {
		last := len(row.Values) - 1
		t.Rows[i].Denominator = figures[key(with(row.Values[:last], cells.Total))]
	}
}

// attack looks at what is about to be published as an outsider would, who has all earlier releases too. The counts spare it
// looking for numbers that fit.
func attack(ctx context.Context, c *catalogue.Catalogue, release string, tables []Table, before []released, counts []int64) error {
	var now []cells.InputTable
	for _, t := range tables {
		now = append(now, t.decided(release))
	}
	in, err := input(c, release, now, before)
	if err != nil {
		return err
	}
	m, err := cells.Build(in)
	if err != nil {
		return err
	}
	view, err := m.Seen()
	if err != nil {
		return err
	}
	report, err := audit.Audit(ctx, view, audit.Options{Enough: true, Known: counts})
	if err != nil {
		return err
	}
	if narrow := report.Narrow(); len(narrow) > 0 {
		return &TooNarrow{Ranges: len(narrow), First: view.Describe(narrow[0].Cell), Least: view.Range}
	}
	return nil
}
