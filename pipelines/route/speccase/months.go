package speccase

import (
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// parseMonths reads 2024-01, or 2024-01..2024-06.
func parseMonths(text string) (from, to schemas.Month, err error) {
	first, last, isRange := strings.Cut(text, "..")
	if !isRange {
		last = first
	}
	a, okA := schemas.ParseISO(first + "-01")
	z, okZ := schemas.ParseISO(last + "-01")
	if !okA || !okZ || z < a {
		return 0, 0, fmt.Errorf("%q is not a month (2024-01) or a run of months (2024-01..2024-06)", text)
	}
	return a.Month(), z.Month(), nil
}

// addMonths adds a wage row for each month of a run. The income relation
// starts with the first unless the row tells otherwise.
func addMonths(p *route.Person, t Table, row []string, at int) error {
	from, to, err := parseMonths(row[at])
	if err != nil {
		return err
	}
	columns := slices.Delete(slices.Clone(t.Columns), at, at+1)
	cells := slices.Delete(slices.Clone(row), at, at+1)
	rec, _ := recordNamed(t.Name)
	for m := from; m <= to; m++ {
		if err := setAll(rec.add(p), columns, cells); err != nil {
			return err
		}
		r := &p.Employments[len(p.Employments)-1]
		r.RecordID += "-" + m.First().String()[:7]
		r.PeriodStart, r.PeriodEnd = m.First(), m.Last()
		if r.IKVStart == 0 {
			r.IKVStart = from.First()
		}
	}
	return nil
}

// completePeriod lets a period end with its month and an income relation start
// with its period unless the row tells otherwise.
func completePeriod(r *route.Employment) {
	if r.PeriodEnd == 0 {
		r.PeriodEnd = r.PeriodStart.Month().Last()
	}
	if r.IKVStart == 0 {
		r.IKVStart = r.PeriodStart
	}
}

// spelledOut turns months and runs of months of month_status into first days.
func (e Expectation) spelledOut() (Expectation, error) {
	if e.Name != "month_status" {
		return e, nil
	}
	if e.Where == "month" {
		var values []string
		for _, v := range e.WhereValues {
			days, err := firstDays(v)
			if err != nil {
				return e, err
			}
			values = append(values, days...)
		}
		e.WhereValues = values
	}
	at := slices.Index(e.Columns, "month")
	if at < 0 {
		return e, nil
	}
	var rows [][]string
	for _, row := range e.Rows {
		days, err := firstDays(row[at])
		if err != nil {
			return e, err
		}
		for _, day := range days {
			one := slices.Clone(row)
			one[at] = day
			rows = append(rows, one)
		}
	}
	e.Rows = rows
	return e, nil
}

func firstDays(text string) ([]string, error) {
	from, to, err := parseMonths(text)
	if err != nil {
		return nil, err
	}
	var days []string
	for m := from; m <= to; m++ {
		days = append(days, m.First().String())
	}
	return days, nil
}
