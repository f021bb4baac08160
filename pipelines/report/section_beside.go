package report

import (
	"net/url"
	"strconv"
	"strings"
)

// beside lays our numbers beside the published figures that measure nearly the same: totals first, then nationalities.
func (c *composer) beside() section {
	totals, nations := c.besideTable("beside.table"), c.besideTable("beside.nations.table")
	for _, f := range c.published {
		ours, comparable := c.ours(f)
		switch {
		case !comparable:
		case f.group == "totaal":
			totals.Rows = append(totals.Rows, c.besideRow(f, f.cohort+": "+f.population, ours))
		default:
			nations.Rows = append(nations.Rows, c.besideRow(f, f.cohort+", "+f.group, ours))
		}
	}
	source := c.source("cohort_by_k, azc_work, waiting_time, bijstand_by_month, bijstand_exit")
	return section{ID: "beside", Title: c.t("beside"), Text: []string{c.t("beside.text")}, Figures: []figurePart{
		{ID: "beside-totals", Title: c.t("beside.title"), Table: totals, Source: source},
		{ID: "beside-nations", Title: c.t("beside.nations"), Table: nations, TableWord: c.t("table.open"), Source: c.source("cohort_by_k")},
	}}
}

func (c *composer) besideTable(caption string) *table {
	return &table{Caption: c.t(caption), Text: textColumns(1, 2, 6), Head: []string{
		c.t("col.what"), c.t("col.whom"), c.t("col.moment"), c.t("col.published"), c.t("col.ours"), c.t("col.difference"), c.t("col.source"),
	}}
}

func (c *composer) besideRow(f figure, whom string, ours *float64) []cell {
	difference := "–"
	if ours != nil {
		difference = c.difference(*ours*100 - f.value)
	}
	return append(row(f.metric, whom, f.moment, c.decimal(f.value)+"%", c.percent(ours), difference), f.cited())
}

// cited names the source of a figure: the site, with a link, or what the reference table says.
func (f figure) cited() cell {
	link, err := url.Parse(f.sourceURL())
	if err != nil || link.Host == "" {
		return cell{Text: f.source}
	}
	return cell{Text: strings.TrimPrefix(link.Host, "www."), Link: link.String()}
}

// ours is our share for a published figure; comparable is false when we measure nothing like it.
// The share is nil when the edition does not reach the moment.
func (c *composer) ours(f figure) (ours *float64, comparable bool) {
	switch f.metric {
	case "werkend", "ontvangt uitkering (meest bijstand)":
		cohort, err := strconv.Atoi(f.cohort)
		k, atK := f.monthsSincePermit()
		if err != nil || !atK {
			return nil, false
		}
		return c.ofCohort(uint16(cohort), k, f)
	case "bijstandsafhankelijkheid":
		for _, r := range c.d.bijstand {
			if r.Month.Format("2006-01") == "2022-12" {
				ours = share(r.Bijstand, r.People)
			}
		}
		return ours, true
	case "baan tijdens COA, voor kennisgeving":
		return c.azcShare("before_permit"), f.group == "totaal"
	case "baan tijdens COA, na kennisgeving":
		return c.azcShare("after_permit"), f.group == "totaal"
	case "wachttijd op vestiging >=3 mnd":
		for _, r := range c.d.waits {
			if r.From == "permit" && r.To == "settled" && r.Cohort == 2022 {
				ours = r.Waited3Share
			}
		}
		return ours, true
	case "baan in loondienst zonder bijstand":
		for _, r := range c.d.exits {
			if r.Year == 2021 && f.moment == "6 mnd" {
				ours = share(r.Loose6, r.Loose6Known)
			} else if r.Year == 2021 {
				ours = share(r.Loose18, r.Loose18Known)
			}
		}
		return ours, true
	}
	return nil, false
}

// ofCohort is the share working or in bijstand of a whole cohort, or of one nationality group in it.
func (c *composer) ofCohort(cohort uint16, k int, f figure) (*float64, bool) {
	if f.group == "totaal" {
		r := c.cohortAt(cohort, k)
		switch {
		case r == nil:
			return nil, true
		case f.metric == "werkend":
			return r.Working, true
		default:
			return r.Bijstand, true
		}
	}
	nation, known := nationOf[f.group]
	for _, r := range c.d.nations {
		if r.Cohort == cohort && int(r.K) == k && r.Nation == nation && r.Complete {
			return r.Working, known
		}
	}
	return nil, known
}

// azcShare is the share of the cohorts 2022 and 2023 that worked while in an azc.
func (c *composer) azcShare(period string) *float64 {
	var worked, people uint64
	for _, r := range c.d.azc {
		if r.Period == period && (r.Cohort == 2022 || r.Cohort == 2023) {
			worked, people = worked+r.Worked, people+r.People
		}
	}
	return share(worked, people)
}
