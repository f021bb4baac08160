package publish

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// statuses of rows that have no figure, as the marts and the published tables name them.
const (
	statusValue         = "value" // of a mart: there is a count
	statusNotYet        = "not_yet"
	statusNotApplicable = "not_applicable"
)

// counted is the true counts of one entry. It never leaves this package but through protect.
type counted struct {
	entry *catalogue.Entry
	rows  []countedRow
	// without are the combinations of values that have no figure, with the status that says why.
	without []withoutRow
}

type countedRow struct {
	values []string // one for each of the entry's columns
	count  int64
}

type withoutRow struct {
	values []string
	status string
}

// martRow is a row of sql/mart.sql.
type martRow struct {
	Place  []string `ch:"place"`
	Known  string   `ch:"known"`
	Counts []int64  `ch:"counts"`
}

// martQuery is what sql/mart.sql needs of an entry.
type martQuery struct {
	Mart, Known string
	Dimensions  []string
	Counts      []catalogue.Part
	Where       []catalogue.Condition
}

func queryOf(e *catalogue.Entry) martQuery {
	q := martQuery{Mart: e.Mart, Known: knownOf(e), Where: e.Where, Counts: []catalogue.Part{{Count: e.Count}}}
	for _, d := range e.Dimensions {
		q.Dimensions = append(q.Dimensions, d.From())
	}
	if o := e.Outcome; o != nil && o.Column != "" {
		q.Dimensions = append(q.Dimensions, o.Column)
	} else if o != nil {
		q.Counts = append(q.Counts, o.Parts...)
	}
	return q
}

// knownOf is an expression for the status of a group of rows; "mixed" when the rows do not agree.
func knownOf(e *catalogue.Entry) string {
	switch {
	case e.Known != "":
		return "multiIf(countIf(`" + e.Known + "`) = count(), 'value', countIf(`" + e.Known + "`) = 0, 'not_yet', 'mixed')"
	case e.Status != "":
		return "if(uniqExact(`" + e.Status + "`) = 1, toString(any(`" + e.Status + "`)), 'mixed')"
	}
	return "'value'"
}

// readMart reads what an entry counts in an edition. It returns a *cells.Refusal for a mart that is not as the entry needs it.
func readMart(ctx context.Context, db *warehouse.DB, edition schemas.Date, e *catalogue.Entry) (*counted, error) {
	args := []any{edition.String()}
	for _, w := range e.Where {
		args = append(args, w.In)
	}
	var rows []martRow
	if err := db.Select(ctx, &rows, sqlFiles.Render("mart.sql", queryOf(e)), args...); err != nil {
		return nil, fmt.Errorf("read mart %s for the published table %s: %w", e.Mart, e.Name, err)
	}
	c := &counted{entry: e}
	for _, row := range rows {
		if err := c.add(row); err != nil {
			return nil, err
		}
	}
	return c, c.frame()
}

// frame leaves one row, with the margins as its values, of every combination that has no figure: who is in it and who is not
// would tell where there are people. A combination with nobody to ask beside others with somebody is 0.
func (c *counted) frame() error {
	adds := additive(c.entry)
	bare := func(values []string) []string {
		frame := slices.Clone(values)
		for i := range frame {
			if adds[i] {
				frame[i] = cells.Total
			}
		}
		return frame
	}
	known := map[string]bool{}
	for _, row := range c.rows {
		known[key(bare(row.values))] = true
	}
	statuses := map[string]string{}
	for _, row := range c.without {
		frame := bare(row.values)
		name := key(frame)
		switch {
		case row.status == statusNotApplicable && (known[name] || statuses[name] != ""):
		case known[name], statuses[name] == statusNotApplicable && row.status == statusNotYet:
			return refuseCell(c.entry, frame, "is known for some of the people only, so that it does not add up; choose rows that are known by where")
		default:
			statuses[name] = row.status
		}
	}
	c.without = nil
	for _, name := range slices.Sorted(maps.Keys(statuses)) {
		c.without = append(c.without, withoutRow{values(name), statuses[name]})
	}
	return nil
}

// add takes a row of the mart: one cell, or one for each value of the outcome.
func (c *counted) add(row martRow) error {
	e := c.entry
	for i, d := range e.Dimensions {
		if named, ok := d.Values[row.Place[i]]; ok {
			row.Place[i] = named
		}
	}
	if slices.Contains(row.Place, cells.Total) {
		return refuseCell(e, row.Place, "has the value total, which is the name of margins; choose rows of one dimension by where")
	}
	values := outcomes(e, row)
	switch row.Known {
	case statusValue:
	case statusNotYet, statusNotApplicable:
		for _, v := range values {
			c.without = append(c.without, withoutRow{v.values, row.Known})
		}
		return nil
	default:
		return refuseCell(e, row.Place, "the rows of mart "+e.Mart+" that it adds up differ in whether they are known yet; choose others by where, or give the dimension that tells them apart")
	}
	for _, v := range values {
		if v.count < 0 {
			return refuseCell(e, v.values, "counts fewer than nobody: the parts of the outcome are more than all; correct count, parts or less")
		}
	}
	c.rows = append(c.rows, values...)
	return nil
}

// outcomes gives the cells of a row of the mart, margins apart.
func outcomes(e *catalogue.Entry, row martRow) []countedRow {
	if e.Outcome == nil || e.Outcome.Column != "" {
		return []countedRow{{row.Place, row.Counts[0]}}
	}
	rest := row.Counts[0]
	var all []countedRow
	for i, p := range e.Outcome.Parts {
		all = append(all, countedRow{with(row.Place, p.Value), row.Counts[i+1]})
		rest -= row.Counts[i+1]
	}
	return append(all, countedRow{with(row.Place, e.Outcome.Rest), rest})
}

func with(place []string, value string) []string {
	return append(append(make([]string, 0, len(place)+1), place...), value)
}

// refuseCell says what is wrong with a cell of an entry, by its values.
func refuseCell(e *catalogue.Entry, values []string, problem string) error {
	columns := e.Columns()
	return &cells.Refusal{Table: e.Name, Cell: cells.Named(columns[:min(len(columns), len(values))], values), Problem: problem}
}
