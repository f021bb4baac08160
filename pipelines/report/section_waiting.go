package report

// waitPairs are the waits that the report shows, in the order of the route.
var waitPairs = [][2]string{{"application", "permit"}, {"permit", "settled"}, {"permit", "brp_registered"}, {"settled", "first_job"}}

// reachedKinds are the milestones of which the report shows how many people reached them.
var reachedKinds = []string{"settled", "pip_signed", "inburgering_done", "first_job", "first_job_20h", "sustained_6", "sustained_12"}

func (c *composer) waiting() section {
	s := section{ID: "waiting", Title: c.t("waiting"), Text: []string{c.t("waiting.text")}}
	for _, pair := range waitPairs {
		s.Figures = append(s.Figures, c.waitFigure(pair[0], pair[1]))
	}
	s.Figures = append(s.Figures, c.reachedFigure())
	return s
}

func (c *composer) waitFigure(from, to string) figurePart {
	name := from + "-" + to
	t := &table{Caption: c.t("waiting.table", c.name("kind", from), c.name("kind", to)), Head: []string{
		c.t("col.cohort"), c.t("col.started"), c.t("col.before"), c.t("col.waited"), c.t("col.left"), c.t("col.waiting"),
		c.t("col.p25"), c.t("col.median"), c.t("col.at_risk_median"), c.t("col.p75"), c.t("col.waits3"), c.t("col.at_risk3"),
	}}
	var rows []span
	for _, r := range c.d.waits {
		if r.From != from || r.To != to {
			continue
		}
		t.Rows = append(t.Rows, row(year(r.Cohort), c.count(r.People), c.count(r.Before), c.count(r.Waited), c.count(r.Left), c.count(r.Waiting),
			optional(c.words, r.P25), optional(c.words, r.Median), optional(c.words, r.AtRiskMedian), optional(c.words, r.P75),
			c.percent(r.Waits3Share), c.count(r.AtRisk3)))
		if r.P75 != nil {
			rows = append(rows, span{year(r.Cohort), float64(*r.P25), float64(*r.Median), float64(*r.P75)})
		}
	}
	part := figurePart{
		ID: "waiting-" + name, Title: c.t("waiting.title", c.name("kind", from), c.name("kind", to)),
		Table: t, TableWord: c.t("table.open"), Source: c.source("waiting_time"), Notes: []string{c.t("waiting.who." + to)},
	}
	switch {
	case len(rows) > 0:
		part.draw(func(width int) *drawing {
			return rangeChart(width, "drawing-"+name, part.Title, c.t("waiting.desc"), c.t("axis.days"), rows, c.count)
		})
		if len(rows) < len(t.Rows) {
			part.Notes = append(part.Notes, c.t("waiting.no_bar"))
		}
	case len(t.Rows) > 0:
		part.Notes = append(part.Notes, c.t("waiting.no_bars"))
	case to == "first_job" && c.d.edition.GridEnd == nil:
		part.Empty = c.t("empty.no_wages")
	default:
		part.Empty = c.t("empty.waiting", c.name("kind", from))
	}
	return part
}

// reachedFigure tells per cohort which share of the people of whom it can be asked reached a milestone.
func (c *composer) reachedFigure() figurePart {
	found := map[string]reachedRow{}
	for _, r := range c.d.reached {
		found[year(r.Cohort)+r.Kind] = r
	}
	t := &table{Caption: c.t("reached.table"), Head: []string{c.t("col.cohort"), c.t("col.people")}}
	for _, kind := range reachedKinds {
		if kind == "pip_signed" {
			t.Head = append(t.Head, c.t("col.wi2021"))
		}
		t.Head = append(t.Head, c.name("kind", kind))
	}
	for _, cohort := range c.cohortYears() {
		cells := []string{year(cohort), c.count(found[year(cohort)+"first_job"].Eligible)}
		for _, kind := range reachedKinds {
			r := found[year(cohort)+kind]
			if kind == "pip_signed" { // asked of fewer people than the others
				cells = append(cells, c.count(r.Eligible))
			}
			if r.Eligible == 0 {
				cells = append(cells, c.t("not_applicable"))
			} else {
				cells = append(cells, c.percent(r.Share))
			}
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	return figurePart{ID: "reached", Title: c.t("reached"), Notes: []string{c.t("reached.note")}, Table: t, Source: c.source("milestone_by_cohort")}
}
