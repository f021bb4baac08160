package report

import "sort"

var (
	contracts  = []string{"permanent", "temporary", "agency", "on_call", "payroll", "bbl"}
	hoursOrder = []string{"<12", "12-20", "20-25", "25-30", "30-35", "35+"}
	// groupColors are those of statushouders and of displaced people.
	groupColors = []string{"#154273", "#c98a00"}
)

func (c *composer) work() section {
	month, _, _, _ := c.lastMonth("asylum")
	text := c.t("empty.work")
	if !month.IsZero() {
		text = c.t("work.text", c.month(month))
	}
	return section{ID: "work", Title: c.t("work"), Text: []string{text}, Figures: []figurePart{
		c.workFigure("contract", contracts),
		c.workFigure("hours_class", hoursOrder),
		c.workFigure("sector", c.largestSectors(8)),
		c.azcFigure(),
	}}
}

// inWork sums the people working in the last month by value of a dimension.
func (c *composer) inWork(population, dimension string) (byValue map[string]uint64, all uint64) {
	byValue = map[string]uint64{}
	for _, r := range c.d.work {
		if r.Population == population && r.Dimension == dimension {
			byValue[r.Value] += r.People
			all += r.People
		}
	}
	return byValue, all
}

// largestSectors are the codes of the sectors in which most statushouders work.
func (c *composer) largestSectors(n int) []string {
	byValue, _ := c.inWork("asylum", "sector")
	codes := make([]string, 0, len(byValue))
	for code := range byValue {
		codes = append(codes, code)
	}
	sort.Slice(codes, func(i, j int) bool {
		if byValue[codes[i]] != byValue[codes[j]] {
			return byValue[codes[i]] > byValue[codes[j]]
		}
		return codes[i] < codes[j]
	})
	return codes[:min(n, len(codes))]
}

func (c *composer) workFigure(dimension string, values []string) figurePart {
	asylum, allAsylum := c.inWork("asylum", dimension)
	displaced, allDisplaced := c.inWork("displaced", dimension)
	t := &table{Caption: c.t("work.table." + dimension), Head: []string{
		c.t("col." + dimension), c.t("col.asylum"), c.t("col.share"), c.t("col.displaced"), c.t("col.share"),
	}}
	var rows []barRow
	for _, v := range values {
		name := c.name(dimension, v)
		if sector, known := c.sectors[v]; dimension == "sector" && known {
			name = sector
		}
		mine, theirs := share(asylum[v], allAsylum), share(displaced[v], allDisplaced)
		rows = append(rows, barRow{name, []*float64{mine, theirs}})
		t.Rows = append(t.Rows, row(name, c.count(asylum[v]), c.percent(mine), c.count(displaced[v]), c.percent(theirs)))
	}
	part := figurePart{
		ID: "work-" + dimension, Title: c.t("work." + dimension), Table: t, TableWord: c.t("table.open"), Source: c.source("work_by_month"),
		Notes: []string{c.t("work.note")}, Empty: c.t("empty.work"),
	}
	if allAsylum+allDisplaced == 0 {
		t.Rows = nil // nobody is known to work: rows of zeros would say that nobody does
		return part
	}
	if len(rows) > 0 {
		part.draw(func(width int) *drawing {
			return barChart(width, "drawing-"+dimension, part.Title, c.t("work.desc"), rows, groupColors, c.percent)
		})
		part.Legend = []legendItem{
			{Color: groupColors[0], Text: c.t("group.asylum")}, {Color: groupColors[1], Text: c.t("group.displaced")},
		}
	}
	return part
}

// azcFigure is a table: work while in an azc, before and after the permit.
func (c *composer) azcFigure() figurePart {
	t := &table{Caption: c.t("azc.table"), Head: []string{
		c.t("col.cohort"), c.t("col.azc_before"), c.t("col.worked"), c.t("col.azc_after"), c.t("col.worked"),
	}}
	found := map[string]azcRow{}
	for _, r := range c.d.azc {
		found[year(r.Cohort)+r.Period] = r
	}
	for _, cohort := range c.cohortYears() {
		before, after := found[year(cohort)+"before_permit"], found[year(cohort)+"after_permit"]
		t.Rows = append(t.Rows, row(year(cohort), c.count(before.People), c.percent(share(before.Worked, before.People)),
			c.count(after.People), c.percent(share(after.Worked, after.People))))
	}
	return figurePart{ID: "azc", Title: c.t("azc"), Notes: []string{c.t("azc.note")}, Table: t, Source: c.source("azc_work")}
}
