package lineage

import (
	"strconv"

	"doorstroom/pipelines/route"
)

// personColumns are the columns of facts.person that records give, as text.
var personColumns = []struct {
	name string
	of   func(*route.PersonRow) string
}{
	{"population", func(r *route.PersonRow) string { return r.Population }},
	{"cohort", func(r *route.PersonRow) string { return number(int(r.Cohort)) }},
	{"permit_start", func(r *route.PersonRow) string { return r.PermitStart.String() }},
	{"protection_start", func(r *route.PersonRow) string { return r.ProtectionStart.String() }},
	{"applied_on", func(r *route.PersonRow) string { return r.AppliedOn.String() }},
	{"arrived_on", func(r *route.PersonRow) string { return r.ArrivedOn.String() }},
	{"route", func(r *route.PersonRow) string { return r.Route }},
	{"sex", func(r *route.PersonRow) string { return r.Sex }},
	{"birth_year", func(r *route.PersonRow) string { return number(int(r.BirthYear)) }},
	{"nationality_code", func(r *route.PersonRow) string { return r.NationalityCode }},
	{"nationality_group", func(r *route.PersonRow) string { return r.NationalityGroup }},
	{"good_prospects", func(r *route.PersonRow) string { return flag(r.GoodProspects) }},
	{"law", func(r *route.PersonRow) string { return r.Law }},
	{"target_group", func(r *route.PersonRow) string { return r.TargetGroup }},
	{"coupled_municipality", func(r *route.PersonRow) string { return r.CoupledMunicipality }},
	{"first_municipality", func(r *route.PersonRow) string { return r.FirstMunicipality }},
	{"current_municipality", func(r *route.PersonRow) string { return r.CurrentMunicipality }},
	{"region", func(r *route.PersonRow) string { return r.Region }},
	{"valued_kind", func(r *route.PersonRow) string { return r.ValuedKind }},
	{"valued_nlqf", func(r *route.PersonRow) string { return number(int(r.ValuedNLQF)) }},
	{"exit_on", func(r *route.PersonRow) string { return r.ExitOn.String() }},
	{"exit_reason", func(r *route.PersonRow) string { return r.ExitReason }},
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func flag(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// described gives what the row of person has, with the records that by themselves say the same.
func described(f *route.Facts, all []*evidence) []event {
	var events []event
	for _, c := range personColumns {
		value := c.of(&f.Person)
		if value == "" {
			continue
		}
		rows := pick(all, func(w *evidence) bool { return c.of(&w.says.Person) == value })
		if c.name == "population" && value == "other" {
			rows = nil // no record says so
		}
		events = append(events, event{fact: c.name, text: value, rows: rows})
	}
	return events
}
