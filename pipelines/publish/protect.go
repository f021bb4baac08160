package publish

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/schemas"
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
func protect(ctx context.Context, c *catalogue.Catalogue, edition schemas.Date, counts []*counted, before []released) ([]Table, error) {
	var now []cells.InputTable
	for _, t := range counts {
		now = append(now, t.complete().undecided())
	}
	in, err := input(c, edition, now, before)
	if err != nil {
		return nil, err
	}
	m, err := cells.Build(in)
	if err != nil {
		return nil, err
	}
	figures, err := decide(ctx, split(in, m))
	if err != nil {
		return nil, err
	}
	tables := shown(counts, figures)
	return tables, attack(ctx, c, edition, tables, before, m.Counts())
}

// figures are those that may be published, by table and values.
type figures map[string]int64

func nameOf(table string, values []string) string { return table + between + key(values) }

// decide protects the parts of a system, as many at a time as there are processors.
func decide(ctx context.Context, parts []cells.Input) (figures, error) {
	views := make([]*cells.View, len(parts))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, part := range parts {
		group.Go(func() error {
			m, err := cells.Build(part)
			if err != nil {
				return err
			}
			views[i], err = disclosure.Protect(ctx, m, audit.Ranges)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := figures{}
	for _, view := range views {
		for _, t := range view.Tables {
			for _, row := range t.Rows {
				if view.Shown[row.Cell] {
					found[nameOf(t.Name, valuesOf(view, t, row.Cell))] = view.Figure[row.Cell]
				}
			}
		}
	}
	return found, nil
}

// shown gives the tables of a release as the public will see them.
func shown(counts []*counted, may figures) []Table {
	var tables []Table
	for _, c := range counts {
		t := Table{Entry: c.entry}
		figure := func(values []string) *int64 {
			if f, published := may[nameOf(c.entry.Name, values)]; published {
				return &f
			}
			return nil
		}
		for _, row := range c.complete().rows {
			r := Row{Values: row.values, Status: suppressed, Value: figure(row.values)}
			if r.Value != nil {
				r.Status = published
			}
			if c.entry.Outcome != nil {
				r.Denominator = figure(with(row.values[:len(row.values)-1], cells.Total))
			}
			t.Rows = append(t.Rows, r)
		}
		for _, w := range c.without {
			t.Rows = append(t.Rows, Row{Values: w.values, Status: w.status})
		}
		tables = append(tables, t)
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

// attack looks at what is about to be published as an outsider would, who has all earlier releases too. The counts spare it
// looking for numbers that fit.
func attack(ctx context.Context, c *catalogue.Catalogue, edition schemas.Date, tables []Table, before []released, counts []int64) error {
	var now []cells.InputTable
	for _, t := range tables {
		now = append(now, t.decided(edition))
	}
	in, err := input(c, edition, now, before)
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
