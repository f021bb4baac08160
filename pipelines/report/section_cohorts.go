package report

import (
	"cmp"
	"fmt"
	"strconv"
)

// shownMonths are the months since the permit that tables show.
var shownMonths = []int{0, 6, 12, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120}

// measure is a line of the cohorts: its share, and whether it is known at a month.
type measure struct {
	key       string
	share     func(cohortRow) *float64
	known     func(cohortRow) bool
	published string // metric of the published figures that belongs beside it
}

var measures = []measure{
	{"working", func(r cohortRow) *float64 { return r.Working }, func(cohortRow) bool { return true }, "werkend"},
	{"bijstand", func(r cohortRow) *float64 { return r.Bijstand }, func(cohortRow) bool { return true }, "ontvangt uitkering (meest bijstand)"},
	// While runs are open the share can only rise: such months would show a fall that is not there.
	{"sustained", func(r cohortRow) *float64 { return r.Sustained }, func(r cohortRow) bool { return r.SustainedOpen == 0 }, ""},
}

func (c *composer) cohorts() section {
	s := section{ID: "cohorts", Title: c.t("cohorts"), Text: []string{c.t("cohorts.text"), c.t("cohorts.denominators")}}
	for _, m := range measures {
		s.Figures = append(s.Figures, c.cohortFigure(m))
	}
	s.Figures = append(s.Figures, c.nationFigure())
	return s
}

func (c *composer) cohortFigure(m measure) figurePart {
	years := c.cohortYears()
	lines, drawn := make([]series, len(years)), false
	for i, cohort := range years {
		lines[i] = series{name: year(cohort), color: ramp(i, len(years))}
		for _, r := range c.d.cohorts {
			if r.Cohort == cohort && r.Complete && m.known(r) && m.share(r) != nil {
				drawn = true
				lines[i].points = append(lines[i].points, [2]float64{float64(r.K), *m.share(r)})
			}
		}
	}
	var dots []dot
	for _, f := range c.published {
		k, atK := f.monthsSincePermit()
		if _, oneYear := strconv.Atoi(f.cohort); f.metric == m.published && atK && oneYear == nil && f.group == "totaal" {
			dots = append(dots, dot{float64(k), f.value / 100, "’" + f.cohort[2:],
				c.t("dot", f.cohort, c.count(uint64(k)), c.decimal(f.value))})
		}
	}
	part := figurePart{
		ID: "cohorts-" + m.key, Title: c.t("cohorts." + m.key),
		Notes: []string{c.t("cohorts.note." + m.key)},
		Table: c.cohortTable(m), TableWord: c.t("table.open"), Source: c.source("cohort_by_k"),
	}
	if !drawn {
		return part
	}
	part.draw(func(width int) *drawing {
		return lineChart(width, "drawing-"+m.key, part.Title, c.t("cohorts.desc."+m.key), c.t("axis.months"), lines, dots)
	})
	if len(dots) > 0 {
		part.Legend = []legendItem{{Color: "#e17000", Text: c.t("legend.published"), Diamond: true}}
	}
	return part
}

func (c *composer) cohortTable(m measure) *table {
	t := &table{Caption: c.t("cohorts.table." + m.key), Unit: c.t("unit.months"), Head: []string{c.t("col.cohort"), c.t("col.initial"), c.t("col.initial_last")}}
	for _, k := range shownMonths {
		t.Head = append(t.Head, c.t("col.months", strconv.Itoa(k)))
	}
	for _, cohort := range c.cohortYears() {
		cells := []string{year(cohort), "–", "–"}
		if start := c.cohortAt(cohort, 0); start != nil {
			cells[1] = c.count(start.Initial)
		}
		for _, k := range shownMonths {
			if r := c.cohortAt(cohort, k); r != nil && m.known(*r) {
				cells[2] = c.count(r.Initial)
			}
		}
		for _, k := range shownMonths {
			text := "–"
			if r := c.cohortAt(cohort, k); r != nil && m.known(*r) {
				text = c.percent(m.share(*r))
			}
			cells = append(cells, text)
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	return t
}

// nationFigure is a table: working after 30 months, by nationality group and cohort.
func (c *composer) nationFigure() figurePart {
	const k = 30
	groups := []string{"syrie", "eritrea", "afghanistan", "irak", "iran", "turkije", "somalie", "jemen", "overig"}
	shares := map[string]string{}
	for _, r := range c.d.nations {
		if int(r.K) == k && r.Complete {
			shares[fmt.Sprint(r.Cohort, r.Nation)] = c.percent(r.Working) + " (" + c.count(r.Initial) + ")" // groups may be very small
		}
	}
	t := &table{Caption: c.t("nations.table"), Head: []string{c.t("col.cohort")}}
	for _, g := range groups {
		t.Head = append(t.Head, c.name("nation", g))
	}
	for _, cohort := range c.cohortYears() {
		if c.cohortAt(cohort, k) == nil {
			continue
		}
		cells := []string{year(cohort)}
		for _, g := range groups {
			cells = append(cells, cmp.Or(shares[fmt.Sprint(cohort, g)], "–"))
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	return figurePart{ID: "nations", Title: c.t("nations"), Table: t, Source: c.source("cohort_by_k")}
}
