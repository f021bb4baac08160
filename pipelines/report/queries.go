package report

import (
	"embed"

	"doorstroom/pipelines/sqlfile"
)

//go:embed sql/*.sql
var sqlFS embed.FS

var sqlFiles = sqlfile.Parse(sqlFS)

// query reads one mart, or one view of it, into dest. Its only argument is the edition.
type query struct {
	mart string
	dest any
	file string // in sql
}

func (q *query) text() string { return sqlFiles.Render(q.file+".sql", nil) }

// queries are all that the report asks of the marts. Totals over cohorts are sums of counts, never means of shares.
func (d *data) queries() []query {
	return []query{
		{"deliveries", &d.suppliers, "suppliers"},
		{"deliveries", &d.held, "not_accepted"},
		{"quarantine_by_rule", &d.quarantine, "quarantine"},
		{"linkage", &d.linkage, "linkage"},
		{"person_linkage", &d.personLink, "person_link"},
		{"link_history", &d.linkHistory, "link_history"},
		{"cohort_by_k", &d.cohorts, "cohorts"},
		{"cohort_by_k", &d.nations, "nations"},
		{"stage_by_month", &d.stages, "stages"},
		{"waiting_time", &d.waits, "waits"},
		{"settling_by_year", &d.settled, "settled"},
		{"milestone_by_cohort", &d.reached, "reached"},
		{"work_by_month", &d.work, "work"},
		{"azc_work", &d.azc, "azc"},
		{"azc_work_by_year", &d.azcByYear, "azc_by_year"},
		{"bijstand_by_month", &d.bijstand, "bijstand"},
		{"bijstand_exit", &d.exits, "exits"},
		{"data_quality", &d.quality, "quality"},
	}
}
