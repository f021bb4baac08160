package report

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// measured names, by the metric of the published figures, what we measure in the same way. Others have no place here.
var measured = map[string]string{
	"werkend":                             "working",
	"ontvangt uitkering (meest bijstand)": "benefit",
	"bijstandsafhankelijkheid":            "bijstand",
	"baan tijdens COA, voor kennisgeving": "azc_before",
	"baan tijdens COA, na kennisgeving":   "azc_after",
	"wachttijd op vestiging >=3 mnd":      "home_3_months",
	"baan in loondienst zonder bijstand":  "off_bijstand",
}

// beside lays our numbers beside the published figures that measure the same: totals first, then nationalities.
func (c *composer) beside() section {
	totals, nations := c.besideTable("beside.table"), c.besideTable("beside.nations.table")
	for _, f := range c.published {
		ours, comparable := c.ours(f)
		switch {
		case !comparable:
		case f.group == "totaal":
			totals.Rows = append(totals.Rows, c.besideRow(f, ours, ""))
		default:
			nations.Rows = append(nations.Rows, c.besideRow(f, ours, f.group))
		}
	}
	text := []string{c.t("beside.text")}
	if c.d.edition.Synthetic {
		text = append(text, c.t("beside.synthetic"))
	}
	source := c.source("cohort_by_k, azc_work_by_year, settling_by_year, bijstand_by_month, bijstand_exit")
	return section{ID: "beside", Title: c.t("beside"), Text: text, Figures: []figurePart{
		{ID: "beside-totals", Title: c.t("beside.title"), Table: totals, Source: source},
		{ID: "beside-nations", Title: c.t("beside.nations"), Table: nations, TableWord: c.t("table.open"), Source: c.source("cohort_by_k")},
	}}
}

func (c *composer) besideTable(caption string) *table {
	return &table{Caption: c.t(caption), Text: textColumns(1, 2, 7, 8), Head: []string{
		c.t("col.what"), c.t("col.whom"), c.t("col.moment"), c.t("col.published"), c.t("col.ours"), c.t("col.of"),
		c.t("col.difference"), c.t("col.differs"), c.t("col.source"),
	}}
}

// ratio is a share with the number of which it is one. The share is nil when the edition does not reach the moment.
type ratio struct {
	share *float64
	of    uint64
}

func ratioOf(part, whole uint64) ratio { return ratio{share(part, whole), whole} }

func (c *composer) besideRow(f figure, ours ratio, group string) []cell {
	difference, of := "–", "–"
	if ours.share != nil {
		difference, of = c.difference(*ours.share*100-f.value), c.count(ours.of)
	}
	name := measured[f.metric]
	whom := c.filled("whom."+name, f.cohort)
	if group != "" {
		whom += ", " + group
	}
	return append(row(c.t("metric."+name), whom, c.moment(f, name), c.asPublished(f.value)+"%", c.percent(ours.share), of, difference,
		c.t("differs."+name)), c.cited(f))
}

// filled gives a text that takes a value or does without.
func (c *composer) filled(key, value string) string {
	if strings.Contains(c.t(key), "%[1]s") {
		return c.t(key, value)
	}
	return c.t(key)
}

func (c *composer) moment(f figure, name string) string {
	months, _, _ := strings.Cut(f.moment, " ")
	if _, isAtK := f.monthsSincePermit(); isAtK && (name == "working" || name == "benefit") {
		return c.t("moment.permit", months)
	}
	return c.filled("moment."+name, months)
}

// asPublished writes a percentage in as many places as it was published with.
func (c *composer) asPublished(value float64) string {
	return strings.Replace(strconv.FormatFloat(value, 'f', -1, 64), ".", c.comma, 1)
}

// cited names who made a figure, with a link to where it was read.
func (c *composer) cited(f figure) cell {
	link, err := url.Parse(f.sourceURL())
	if err != nil || link.Host == "" {
		return cell{Text: f.source}
	}
	host := strings.TrimPrefix(link.Host, "www.")
	primary, known := c.primary[link.String()]
	switch {
	case host == "cbs.nl" || strings.HasSuffix(host, ".cbs.nl"):
		return cell{Text: "CBS", Link: link.String()}
	case known:
		return cell{Text: c.t("cited.via", primary, host), Link: link.String()}
	}
	return cell{Text: c.t("cited.unknown", host), Link: link.String()}
}

// ours is our share for a published figure, by its definition as near as a mart has it; comparable is false when we
// measure nothing like it.
func (c *composer) ours(f figure) (ours ratio, comparable bool) {
	switch measured[f.metric] {
	case "working", "benefit":
		cohort, err := strconv.Atoi(f.cohort)
		k, atK := f.monthsSincePermit()
		if err != nil || !atK {
			return ratio{}, false
		}
		return c.ofCohort(uint16(cohort), k, f)
	case "bijstand":
		return c.bijstandIn(2022, time.December), true
	case "azc_before":
		return c.azcShare(func(r azcByYearRow) uint64 { return r.WorkedBefore }), f.group == "totaal"
	case "azc_after":
		return c.azcShare(func(r azcByYearRow) uint64 { return r.WorkedAfter }), f.group == "totaal"
	case "home_3_months":
		return c.settledLate(2022), true
	case "off_bijstand":
		return c.stillOut(2021, f.moment), true
	}
	return ratio{}, false
}

func (c *composer) bijstandIn(year int, month time.Month) ratio {
	for _, r := range c.d.bijstand {
		if r.Month.Year() == year && r.Month.Month() == month {
			return ratioOf(r.Bijstand, r.People)
		}
	}
	return ratio{}
}

// settledLate is, of a cohort who settled in its own year, the share that had waited three months or longer.
func (c *composer) settledLate(year uint16) ratio {
	for _, r := range c.d.settled {
		if r.Cohort == year && r.Year == year {
			return ratioOf(r.Waited3, r.People)
		}
	}
	return ratio{}
}

// stillOut is, of spells of bijstand that ended in a year with work, the share still at work without bijstand.
func (c *composer) stillOut(year uint16, moment string) ratio {
	for _, r := range c.d.exits {
		switch {
		case r.Year != year:
		case moment == "6 mnd":
			return ratioOf(r.Loose6, r.Loose6Known)
		case moment == "18 mnd":
			return ratioOf(r.Loose18, r.Loose18Known)
		}
	}
	return ratio{}
}

// ofCohort is the share working or in bijstand of a whole cohort, or of one nationality group in it.
func (c *composer) ofCohort(cohort uint16, k int, f figure) (ratio, bool) {
	if f.group == "totaal" {
		r := c.cohortAt(cohort, k)
		switch {
		case r == nil:
			return ratio{}, true
		case measured[f.metric] == "working":
			return ratio{r.Working, r.Initial}, true
		default:
			return ratio{r.Bijstand, r.Initial}, true
		}
	}
	nation, known := nationOf[f.group]
	for _, r := range c.d.nations {
		if r.Cohort == cohort && int(r.K) == k && r.Nation == nation && r.Complete {
			return ratio{r.Working, r.Initial}, known
		}
	}
	return ratio{}, known
}

// azcShare is, of the cohorts 2022 and 2023 who had lived in an azc by the end of 2023, the share that had worked there.
func (c *composer) azcShare(worked func(azcByYearRow) uint64) ratio {
	var did, people uint64
	for _, r := range c.d.azcByYear {
		if r.Until == 2023 && (r.Cohort == 2022 || r.Cohort == 2023) {
			did, people = did+worked(r), people+r.People
		}
	}
	return ratioOf(did, people)
}
