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
		c.t("col.cohort"), c.t("col.started"), c.t("col.waited"), c.t("col.waiting"), c.t("col.p25"), c.t("col.median"), c.t("col.p75"),
		c.t("col.waited3"), c.t("col.waiting3"),
	}}
	var rows []span
	for _, r := range c.d.waits {
		if r.From != from || r.To != to {
			continue
		}
		t.Rows = append(t.Rows, row(year(r.Cohort), c.count(r.People), c.count(r.Waited), c.count(r.Waiting), c.days(r.P25), c.days(r.Median),
			c.days(r.P75), c.percent(r.Waited3Share), c.count(r.Waiting3)))
		if r.Median != nil {
			rows = append(rows, span{year(r.Cohort), *r.P25, *r.Median, *r.P75})
		}
	}
	part := figurePart{
		ID: "waiting-" + name, Title: c.t("waiting.title", c.name("kind", from), c.name("kind", to)),
		Table: t, TableWord: c.t("table.open"), Source: c.source("waiting_time"),
	}
	if len(rows) > 0 {
		part.Drawing = rangeChart("drawing-"+name, part.Title, c.t("waiting.desc"), c.t("axis.days"), rows, c.count)
	}
	if to == "brp_registered" {
		part.Notes = []string{c.t("waiting.brp")}
	}
	return part
}

// reachedFigure tells per cohort who reached a milestone, with the median of the months since the permit.
func (c *composer) reachedFigure() figurePart {
	found := map[string]reachedRow{}
	for _, r := range c.d.reached {
		found[year(r.Cohort)+r.Kind] = r
	}
	t := &table{Caption: c.t("reached.table"), Head: []string{c.t("col.cohort")}}
	for _, kind := range reachedKinds {
		t.Head = append(t.Head, c.name("kind", kind))
	}
	for _, cohort := range c.cohortYears() {
		cells := []string{year(cohort)}
		for _, kind := range reachedKinds {
			r := found[year(cohort)+kind]
			text := c.percent(r.Share)
			if r.Median != nil {
				text += " (" + c.decimal(*r.Median) + ")"
			}
			cells = append(cells, text)
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	return figurePart{ID: "reached", Title: c.t("reached"), Notes: []string{c.t("reached.note")}, Table: t, Source: c.source("milestone_by_cohort")}
}
