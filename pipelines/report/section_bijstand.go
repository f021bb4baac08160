package report

import (
	"strconv"
	"time"
)

func (c *composer) bijstand() section {
	return section{ID: "bijstand", Title: c.t("bijstand"), Text: []string{c.t("bijstand.text")}, Figures: []figurePart{
		c.bijstandFigure(), c.exitFigure(),
	}}
}

// bijstandFigure shows the share in bijstand and the share of it for four years or longer, at every year's end.
func (c *composer) bijstandFigure() figurePart {
	t := &table{Caption: c.t("bijstand.table"), Head: []string{
		c.t("col.month"), c.t("col.people"), c.t("col.bijstand"), c.t("col.share"), c.t("col.years4"), c.t("col.years4_share"),
	}}
	for i, r := range c.d.bijstand {
		if r.Month.Month() != time.December && i != len(c.d.bijstand)-1 {
			continue
		}
		t.Rows = append(t.Rows, row(c.month(r.Month), c.count(r.People), c.count(r.Bijstand), c.percent(share(r.Bijstand, r.People)),
			c.count(r.Years4), c.percent(share(r.Years4, r.Bijstand))))
	}
	return figurePart{ID: "bijstand-months", Title: c.t("bijstand.months"), Table: t, Source: c.source("bijstand_by_month")}
}

// exitFigure shows how spells of bijstand ended, and how that held.
func (c *composer) exitFigure() figurePart {
	t := &table{Caption: c.t("exits.table"), Head: []string{
		c.t("col.year"), c.t("col.ended"), c.t("col.to_work"), c.t("col.share"), c.t("col.loose6"), c.t("col.loose18"), c.t("col.strict18"),
	}}
	for _, r := range c.d.exits {
		t.Rows = append(t.Rows, row(strconv.Itoa(int(r.Year)), c.count(r.Ended), c.count(r.ToWork), c.percent(share(r.ToWork, r.Known)),
			c.percent(share(r.Loose6, r.Loose6Known)), c.percent(share(r.Loose18, r.Loose18Known)), c.percent(share(r.Strict18, r.Strict18Known))))
	}
	return figurePart{ID: "exits", Title: c.t("exits"), Notes: []string{c.t("exits.note")}, Table: t, Source: c.source("bijstand_exit")}
}
