package report

import (
	"time"
)

// stageOrder is how stages are stacked, from sustained work up.
var stageOrder = []struct{ name, color string }{
	{"sustained", "#1b5e20"}, {"work", "#66a61e"}, {"work_and_bijstand", "#d9c21f"}, {"bijstand", "#e17000"}, {"settled_other", "#a65a9a"},
	{"azc_with_permit", "#2f7fc1"}, {"azc_in_procedure", "#9cc7ea"}, {"left", "#8a939b"}, {"unknown", "#d5dade"},
}

func (c *composer) stages() section {
	return section{ID: "stages", Title: c.t("stages"), Text: []string{c.t("stages.text")}, Figures: []figurePart{
		c.stageFigure("asylum"), c.stageFigure("displaced"),
	}}
}

func (c *composer) stageFigure(population string) figurePart {
	months, counts := c.stageCounts(population)
	part := figurePart{
		ID: "stages-" + population, Title: c.t("stages." + population), Source: c.source("stage_by_month"),
		Table: c.stageTable(population, months, counts), TableWord: c.t("table.open"),
	}
	if len(months) == 0 {
		return part
	}
	layers := make([]layer, len(stageOrder))
	for i, stage := range stageOrder {
		layers[i] = layer{name: c.name("stage", stage.name), color: stage.color}
		for _, m := range months {
			layers[i].values = append(layers[i].values, float64(counts[m][stage.name]))
		}
		part.Legend = append(part.Legend, legendItem{Color: stage.color, Text: c.name("stage", stage.name)})
	}
	years := map[int]int{}
	for i, m := range months {
		if m.Month() == time.January {
			years[i] = m.Year()
		}
	}
	part.Notes = []string{c.t("stages.note")}
	desc := c.t("stages.desc", c.month(months[0]), c.month(months[len(months)-1]))
	part.draw(func(width int) *drawing {
		return areaChart(width, "drawing-stages-"+population, part.Title, desc, layers, years, c.count)
	})
	return part
}

// stageCounts are the months of a population in order, and the people per stage in each.
func (c *composer) stageCounts(population string) ([]time.Time, map[time.Time]map[string]uint64) {
	var months []time.Time
	counts := map[time.Time]map[string]uint64{}
	for _, r := range c.d.stages {
		if r.Population != population {
			continue
		}
		if counts[r.Month] == nil {
			counts[r.Month] = map[string]uint64{}
			months = append(months, r.Month)
		}
		counts[r.Month][r.Stage] = r.Persons
	}
	return months, counts
}

// stageTable shows every December and the last month.
func (c *composer) stageTable(population string, months []time.Time, counts map[time.Time]map[string]uint64) *table {
	t := &table{Caption: c.t("stages.table." + population), Head: []string{c.t("col.month")}}
	for _, stage := range stageOrder {
		t.Head = append(t.Head, c.name("stage", stage.name))
	}
	t.Head = append(t.Head, c.t("col.total"))
	for i, m := range months {
		if m.Month() != time.December && i != len(months)-1 {
			continue
		}
		cells, sum := []string{c.month(m)}, uint64(0)
		for _, stage := range stageOrder {
			cells = append(cells, c.count(counts[m][stage.name]))
			sum += counts[m][stage.name]
		}
		t.Rows = append(t.Rows, row(append(cells, c.count(sum))...))
	}
	return t
}
