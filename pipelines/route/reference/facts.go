package reference

import (
	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/speccase"
)

// edition is what all persons share.
type edition struct {
	definitions
	cutOff, gridEnd day
	regions         map[string]string
}

// Facts gives the rows of one person in all tables of facts, in the order and form
// of speccase.Tables.
func Facts(records *route.Person, ed speccase.Edition) []speccase.Table {
	p := &person{Person: records, edition: edition{definitions(ed.Definitions), ed.CutOff, gridEnd(ed.CutOff, ed.Horizon), ed.Regions}}
	p.findDates()
	candidates := p.offGrid()
	p.layGrid(earliestOfEach(candidates))
	candidates = append(candidates, p.onGrid()...)
	for _, s := range p.benefits() {
		if p.exitToWork(s).value {
			candidates = append(candidates, milestone{kind: "bijstand_exit_to_work", date: s.end})
		}
	}
	tables := []speccase.Table{
		{Name: "person", Columns: []string{"linkage", "population", "cohort", "permit_start", "protection_start",
			"applied_on", "arrived_on", "route", "sex", "birth_year", "nationality_code", "nationality_group",
			"good_prospects", "law", "target_group", "coupled_municipality", "first_municipality",
			"current_municipality", "region", "valued_kind", "valued_nlqf", "exit_on", "exit_reason"},
			Rows: [][]string{p.personRow()}},
		{Name: "milestone", Columns: []string{"kind", "date", "record", "record_id"}},
		{Name: "month_status", Columns: []string{"month", "k", "age", "stage", "in_azc", "municipality_code", "region",
			"working", "bijstand", "hours_week", "wage_sv_cents", "contract", "sector_code", "bbl", "startbaan", "dual",
			"leerroute", "sustained_6", "sustained_12", "sustained_18"}},
		{Name: "work_spell", Columns: []string{"spell", "start", "end", "jobs", "mean_hours_week", "contract_start",
			"contract_end"}, Rows: p.workSpellRows()},
		{Name: "job", Columns: []string{"employer", "job", "start", "end", "ikvs", "realised_months", "mean_hours_week",
			"contract_start", "contract_end", "sector_code", "sowis_like"}, Rows: p.jobRows()},
		{Name: "bijstand_spell", Columns: []string{"spell", "start", "end", "municipality_code", "from_azc",
			"exit_to_work", "loose_6", "loose_12", "loose_18", "strict_6", "strict_12", "strict_18"},
			Rows: p.bijstandRows()},
	}
	for _, m := range earliestOfEach(candidates) {
		tables[1].Rows = append(tables[1].Rows, []string{m.kind, date(m.date), text(m.record), text(m.id)})
	}
	for at := range p.grid {
		tables[2].Rows = append(tables[2].Rows, p.monthRow(at))
	}
	return append(tables, p.moreTables()...)
}

// layGrid lists the reference days from the month of the earliest of arrival,
// application, permit and temporary protection; else of the earliest other
// milestone, obligation start and exam; to the grid end.
func (p *person) layGrid(found []milestone) {
	start, other := none, none
	take := func(d day, into *day) {
		if *into == none || d < *into {
			*into = d
		}
	}
	for _, m := range found {
		switch m.kind {
		case "azc_arrival", "application", "permit", "temporary_protection":
			take(m.date, &start)
		default:
			take(m.date, &other)
		}
	}
	for _, r := range p.Obligations {
		take(r.Start, &other)
	}
	for _, r := range p.Exams {
		take(r.TakenOn, &other)
	}
	if start == none {
		start = other
	}
	if start == none {
		return
	}
	for d := start; d <= p.gridEnd; d++ {
		if isReference(d) {
			p.grid = append(p.grid, d)
		}
	}
}
