package reference

import (
	"cmp"
	"slices"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/speccase"
)

// moreTables are those of docs/decisions/more-facts.md; without more facts they have no rows.
func (p *person) moreTables() []speccase.Table {
	tables := []speccase.Table{
		{Name: "participation", Columns: []string{"record_id", "kind", "start", "end", "hours_week", "municipality_code", "region"}},
		{Name: "work_permit", Columns: []string{"record_id", "requested_on", "decided_on", "decision", "sector_code", "valid_from", "valid_to",
			"in_azc", "municipality_code", "region"}},
		{Name: "mbo", Columns: []string{"record_id", "kind", "level", "start", "end", "result", "municipality_code", "region"}},
		{Name: "valuation", Columns: []string{"record_id", "requested_on", "decided_on", "kind", "nlqf", "municipality_code", "region"}},
		{Name: "contract_conversion", Columns: []string{"employer", "job", "start", "contract_start", "same_12", "same_24", "any_12", "any_24"}},
	}
	if !p.MoreFacts {
		return tables
	}
	for i, rows := range [][][]string{p.participations(), p.workPermits(), p.courses(), p.valuations()} {
		slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
		tables[i].Rows = rows
	}
	tables[4].Rows = p.conversions()
	return tables
}

func (p *person) participations() (out [][]string) {
	for _, r := range p.Participations {
		hours := "NULL"
		if r.HoursPerWeek > 0 {
			hours = decimal(int64(r.HoursPerWeek))
		}
		out = append(out, append([]string{r.RecordID, translated(r.Kind), date(r.Start), date(r.End), hours}, p.place(r.Start)...))
	}
	return out
}

func (p *person) workPermits() (out [][]string) {
	for _, r := range p.WorkPermits {
		out = append(out, append([]string{r.RecordID, date(r.RequestedOn), date(r.DecidedOn), translated(r.Decision), text(r.SectorCode),
			date(r.ValidFrom), date(r.ValidTo), yes(p.stay(r.RequestedOn) != nil)}, p.place(r.RequestedOn)...))
	}
	return out
}

func (p *person) courses() (out [][]string) {
	for _, r := range p.Mbos {
		out = append(out, append([]string{r.RecordID, translated(r.Kind), numberOrNull(int(r.Level), r.Level != 0), date(r.Start), date(r.End),
			translated(r.Result)}, p.place(r.Start)...))
	}
	return out
}

func (p *person) valuations() (out [][]string) {
	for _, r := range p.Valuations {
		out = append(out, append([]string{r.RecordID, date(r.RequestedOn), date(r.DecidedOn), translated(r.Kind),
			numberOrNull(int(r.NLQFLevel), r.NLQFLevel != 0)}, p.place(r.RequestedOn)...))
	}
	return out
}

// place is the municipality and the region on a day.
func (p *person) place(d day) []string {
	code := p.municipalityOn(d)
	return []string{text(code), text(p.regions[code])}
}

var translations = map[string]string{"vrijwilligerswerk": "volunteering", "verleend": "granted", "geweigerd": "refused", "ingetrokken": "withdrawn",
	"certificaat": "certificate", "behaald": "obtained", "gestopt": "stopped", "lopend": "under_way"}

func translated(code string) string {
	if word, ok := translations[code]; ok {
		return word
	}
	return text(code)
}

// conversions are the jobs that began with a temporary or an agency contract while no contract that could follow was there.
func (p *person) conversions() (out [][]string) {
	for _, job := range p.jobRows() {
		employer, n, start, contract := job[0], job[1], job[2], job[7]
		var followers []string
		switch contract {
		case "temporary":
			followers = []string{"permanent"}
		case "agency":
			followers = []string{"bbl", "on_call", "permanent", "temporary"}
		default:
			continue
		}
		begun := p.dayOf(start)
		if has(p.workRows(p.Employments, begun), func(r route.Employment) bool { return slices.Contains(followers, p.contract(&r)) }) {
			continue
		}
		var own []route.Employment
		for _, r := range p.Employments {
			if r.Employer == employer {
				own = append(own, r)
			}
		}
		out = append(out, []string{employer, n, start, contract,
			p.within(begun, p.Conversions[0], own, followers).text(), p.within(begun, p.Conversions[1], own, followers).text(),
			p.within(begun, p.Conversions[0], p.Employments, followers).text(), p.within(begun, p.Conversions[1], p.Employments, followers).text()})
	}
	return out
}

// within tells whether on a reference day of the grid, from the month of begun to the n-th after it, the main one of some
// rows has one of the contracts; unknown while that n-th month lies after the grid end.
func (p *person) within(begun day, n int, rows []route.Employment, contracts []string) maybe {
	if p.after(referenceOf(begun, n)) {
		return maybe{}
	}
	for i := 0; i <= n; i++ {
		d := referenceOf(begun, i)
		if slices.Contains(p.grid, d) && slices.Contains(contracts, p.contract(p.mainJob(p.workRows(rows, d)))) {
			return sure(true)
		}
	}
	return sure(false)
}

// dayOf reads back a day that a row tells.
func (p *person) dayOf(text string) day {
	for _, d := range p.workDays(p.Employments) {
		if date(d) == text {
			return d
		}
	}
	panic("reference: a job begins on a day without work")
}
