package report

import (
	"cmp"
	"strings"
	"time"

	"doorstroom/schemas"
)

// sources tells which deliveries the numbers rest on, what was put aside, and how far people are linked.
func (c *composer) sources() section {
	s := section{ID: "sources", Title: c.t("sources"), Text: []string{c.t("sources.text")}, Figures: []figurePart{c.deliveryFigure()}}
	if len(c.d.held) > 0 {
		s.Figures = append(s.Figures, c.heldFigure())
	}
	s.Figures = append(s.Figures, c.quarantineFigure(), c.linkageFigure(), c.cohortLinkageFigure())
	if len(c.d.linkHistory) > 0 {
		s.Figures = append(s.Figures, c.linkHistoryFigure())
	}
	if len(c.d.quality) > 0 {
		s.Figures = append(s.Figures, c.qualityFigure())
	}
	return s
}

func (c *composer) deliveryFigure() figurePart {
	t := &table{Caption: c.t("deliveries.table"), Head: []string{
		c.t("col.supplier"), c.t("col.accepted"), c.t("col.refused"), c.t("col.held"), c.t("col.last_drawn"), c.t("col.in_files"),
		c.t("col.rows"), c.t("col.quarantined"),
	}}
	for _, r := range c.d.suppliers {
		t.Rows = append(t.Rows, row(c.name("supplier", r.Supplier), c.count(r.Accepted), c.count(r.Refused), c.count(r.Held),
			c.drawn(r.LastDrawn), c.count(r.InFiles), c.count(r.Rows), c.count(r.Quarantined)))
	}
	return figurePart{ID: "deliveries", Title: c.t("deliveries"), Table: t, Source: c.source("deliveries")}
}

func (c *composer) drawn(day *time.Time) string {
	if day == nil || day.Year() <= 1970 {
		return "–" // a supplier of which nothing was accepted
	}
	return c.date(*day)
}

func (c *composer) heldFigure() figurePart {
	t := &table{Caption: c.t("held.table"), Text: textColumns(1, 2, 3), Head: []string{c.t("col.supplier"), c.t("col.delivery"), c.t("col.outcome"), c.t("col.reason")}}
	for _, r := range c.d.held {
		t.Rows = append(t.Rows, row(c.name("supplier", r.Supplier), r.Delivery, c.name("outcome", r.Outcome), c.name("reason", r.Reason)))
	}
	return figurePart{ID: "held", Title: c.t("held"), Table: t, Source: c.source("deliveries")}
}

func (c *composer) quarantineFigure() figurePart {
	t := &table{Caption: c.t("quarantine.table"), Text: textColumns(1, 2, 3), Head: []string{
		c.t("col.supplier"), c.t("col.record"), c.t("col.field"), c.t("col.rule"), c.t("col.entries"),
	}}
	for _, r := range c.d.quarantine {
		t.Rows = append(t.Rows, row(c.name("supplier", r.Supplier), c.name("record", r.Record), columnName(r.Record, r.Field), c.name("rule", r.Rule), c.count(r.Entries)))
	}
	return figurePart{ID: "quarantine", Title: c.t("quarantine"), Table: t, TableWord: c.t("table.open"), Empty: c.t("empty.quarantine"), Source: c.source("quarantine_by_rule")}
}

// columnName is what the supplier calls a field; the whole record has none.
func columnName(record, field string) string {
	if r := schemas.RecordOf(record); r != nil {
		for _, f := range r.Fields {
			if f.Name == field {
				return f.Column
			}
		}
	}
	return cmp.Or(field, "–")
}

func (c *composer) linkageFigure() figurePart {
	t := &table{Caption: c.t("linkage.table"), Text: textColumns(1), Head: []string{
		c.t("col.supplier"), c.t("col.record"), c.t("col.records"), c.t("col.persons"), c.t("col.linked_share"), c.t("col.v_only"),
		c.t("col.b_only"), c.t("col.conflict"),
	}}
	for _, r := range c.d.linkage {
		t.Rows = append(t.Rows, row(c.name("supplier", r.Supplier), c.name("record", r.Record), c.count(r.Records), c.count(r.Persons),
			c.percent(share(r.Linked, r.Persons)), c.count(r.VOnly), c.count(r.BOnly), c.count(r.Conflicts)))
	}
	e := c.d.edition
	return figurePart{
		ID: "linkage", Title: c.t("linkage"), Table: t, Source: c.source("linkage"),
		Notes: []string{c.t("linkage.note", c.count(e.ConflictSets), c.count(e.ConflictPseudonyms))},
	}
}

func (c *composer) cohortLinkageFigure() figurePart {
	t := &table{Caption: c.t("cohort_linkage.table"), Head: []string{c.t("col.group"), c.t("col.people"), c.t("col.linked"), c.t("col.linked_share")}}
	for _, r := range c.d.personLink {
		name := c.name("group", r.Population)
		if r.Cohort != nil {
			name = c.t("group.cohort", year(*r.Cohort))
		}
		t.Rows = append(t.Rows, row(name, c.count(r.Persons), c.count(r.Linked), c.percent(share(r.Linked, r.Persons))))
	}
	return figurePart{ID: "cohort-linkage", Title: c.t("cohort_linkage"), Table: t, TableWord: c.t("table.open"), Source: c.source("person_linkage")}
}

// linkHistoryFigure tells how long after the permit the deliveries first linked people.
func (c *composer) linkHistoryFigure() figurePart {
	t := &table{Caption: c.t("link_history.table"), Head: []string{
		c.t("col.cohort"), c.t("col.followed"), c.t("col.linked"), c.t("col.within_90"),
	}}
	for _, r := range c.d.linkHistory {
		t.Rows = append(t.Rows, row(year(r.Cohort), c.count(r.Followed), c.count(r.Linked), c.percent(r.Within90Share)))
	}
	return figurePart{
		ID: "link-history", Title: c.t("link_history"), Table: t, TableWord: c.t("table.open"), Source: c.source("link_history"),
		Notes: []string{c.t("link_history.note")},
	}
}

func (c *composer) qualityFigure() figurePart {
	t := &table{Caption: c.t("quality.table"), Text: textColumns(1), Head: []string{
		c.t("col.check"), c.t("col.check_name"), c.t("col.people"), c.t("col.affected"), c.t("col.share"),
	}}
	for _, r := range c.d.quality {
		t.Rows = append(t.Rows, row(c.name("check", r.Kind), c.checkName(r), c.count(r.People), c.count(r.Affected), c.percent(share(r.Affected, r.People))))
	}
	return figurePart{ID: "quality", Title: c.t("quality"), Table: t, TableWord: c.t("table.open"), Source: c.source("data_quality")}
}

// checkName says what was found: of two milestones, that the later one came first.
func (c *composer) checkName(r qualityRow) string {
	earlier, later, isOrder := strings.Cut(r.Name, " before ")
	if isOrder {
		return c.t("check.order", c.name("kind", later), c.name("kind", earlier))
	}
	if r.Kind == "missing" {
		return c.name("gap", r.Name)
	}
	return c.name("kind", r.Name)
}

// explanation says what the words mean and what the numbers cannot tell.
func (c *composer) explanation() section {
	s := section{ID: "explanation", Title: c.t("explanation")}
	for _, about := range []string{"cohort", "working", "selfemployed", "sustained", "bijstand", "denominators", "waiting", "hours", "horizon", "linkage", "comparison", "dash", "terms", "protection"} {
		s.Text = append(s.Text, c.t("explain."+about))
	}
	return s
}
