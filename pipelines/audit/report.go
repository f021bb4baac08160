package audit

import (
	"context"

	"doorstroom/pipelines/disclosure/cells"
)

// Finding is the range of a suppressed row, or of a difference that is too narrow.
type Finding struct {
	Table      string // or the name of the difference
	Cell       int
	Dimensions []int // those that the table has
	Range      cells.Range
	Narrow     bool
}

// Report is the outcome of an audit: a finding for each suppressed row, in the
// order of the tables, and one for each difference that tells too much.
type Report struct{ Findings []Finding }

// Narrow gives the findings that are too narrow.
func (r *Report) Narrow() []Finding {
	var narrow []Finding
	for _, f := range r.Findings {
		if f.Narrow {
			narrow = append(narrow, f)
		}
	}
	return narrow
}

// Audit finds the exact range of every suppressed cell, and the differences
// that are narrower than the rules allow. It returns errors as Ranges does.
func Audit(ctx context.Context, v *cells.View, with Options) (*Report, error) {
	a, err := newAttack(v, with)
	if err != nil {
		return nil, err
	}
	enough := int64(0)
	if with.Enough {
		enough = v.Range
	}
	suppressed := a.suppressed()
	tasks := make([]task, 0, len(suppressed)+len(v.Differences))
	for _, cell := range suppressed {
		tasks = append(tasks, task{quantity: a.quantity(cell, cells.None), settled: wide(enough), enough: enough})
	}
	if v.Threshold > 0 {
		for _, d := range v.Differences {
			tasks = append(tasks, task{quantity: a.quantity(d.New, d.Old), settled: a.harmless})
		}
	}
	ranges, err := a.run(ctx, tasks)
	if err != nil {
		return nil, err
	}
	report := &Report{}
	a.rows(report, suppressed, ranges)
	if v.Threshold > 0 {
		a.differences(report, ranges[len(suppressed):])
	}
	return report, nil
}

// suppressed gives the cells that are not shown, each once, in the order of the tables.
func (a *attack) suppressed() []int {
	seen := make([]bool, len(a.view.Cells))
	var found []int
	for _, t := range a.view.Tables {
		for _, row := range t.Rows {
			if !seen[row.Cell] && row.Status == cells.Suppressed {
				found = append(found, row.Cell)
			}
			seen[row.Cell] = seen[row.Cell] || row.Status == cells.Suppressed
		}
	}
	return found
}

// harmless tells that a difference is wide enough, or too large to tell about a small group.
func (a *attack) harmless(r cells.Range) bool {
	return !r.Narrower(a.view.Range) || r.Low <= -a.view.Threshold || r.High >= a.view.Threshold
}

// rows reports every suppressed row.
func (a *attack) rows(report *Report, suppressed []int, ranges []cells.Range) {
	at := map[int]cells.Range{}
	for i, cell := range suppressed {
		at[cell] = ranges[i]
	}
	for _, t := range a.view.Tables {
		for _, row := range t.Rows {
			if row.Status == cells.Suppressed {
				r := at[row.Cell]
				report.Findings = append(report.Findings, Finding{t.Name, row.Cell, t.Dimensions, r, r.Narrower(a.view.Range)})
			}
		}
	}
}

// differences reports those that tell about a small group.
func (a *attack) differences(report *Report, ranges []cells.Range) {
	for i, d := range a.view.Differences {
		r := ranges[i]
		if r.Narrower(a.view.Range) && r.Telling(a.view.Threshold) {
			report.Findings = append(report.Findings, Finding{d.Name, d.New, a.view.Shape(d.New), r, true})
		}
	}
}
