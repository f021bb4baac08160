package route_test

import (
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// TestBuildRefusesWhatNoDeliveryHolds covers what the contract puts in
// quarantine, at both sides of the boundary.
func TestBuildRefusesWhatNoDeliveryHolds(t *testing.T) {
	first, last := schemas.MinDate, schemas.MaxDate
	wage := func(start, end, ikvStart schemas.Date) route.Person {
		return route.Person{Employments: []route.Employment{{PeriodStart: start, PeriodEnd: end, IKVStart: ikvStart, SrtIV: "15", HoursPaid: 1}}}
	}
	for name, c := range map[string]struct {
		person route.Person
		ok     bool
	}{
		"period of 36 days":           {wage(first+100, first+135, first+100), true},
		"period of 37 days":           {wage(first+100, first+136, first+100), false},
		"period that ends before":     {wage(first+100, first+99, first+100), false},
		"period of the last day":      {wage(last, last, first), true},
		"period after the last day":   {wage(last, last+1, first), false},
		"period without an end":       {wage(first+100, 0, first+100), false},
		"no ikv_start":                {wage(first+100, first+110, 0), false},
		"stay from the first day":     {route.Person{Stays: []route.Stay{{Start: first, End: last}}}, true},
		"stay without a start":        {route.Person{Stays: []route.Stay{{End: last}}}, false},
		"stay before the first day":   {route.Person{Stays: []route.Stay{{Start: first - 1}}}, false},
		"permit without a start":      {route.Person{Permits: []route.Permit{{AppliedOn: first}}}, false},
		"placement without a day":     {route.Person{Placements: []route.Placement{{}}}, false},
		"participation without a day": {route.Person{Participations: []route.Participation{{}}}, false},
		"residence that ends before":  {route.Person{Residences: []route.Residence{{SettledOn: first + 1, LeftOn: first}}}, false},
		"residence of one day":        {route.Person{Residences: []route.Residence{{SettledOn: first, LeftOn: first}}}, true},
		"bijstand that ends before":   {route.Person{Bijstand: []route.Bijstand{{Start: first + 1, End: first}}}, false},
		"inburgering without any day": {route.Person{Inburgering: []route.Inburgering{{}}}, true},
		"PIP after the last day":      {route.Person{Inburgering: []route.Inburgering{{PIPSignedOn: last + 1}}}, false},
		"provision that ends before":  {route.Person{Provisions: []route.Provision{{Start: first + 1, End: first}}}, false},
		"work permit without a day":   {route.Person{WorkPermits: []route.WorkPermit{{DecidedOn: first}}}, false},
		"obligation without a start":  {route.Person{Obligations: []route.Obligation{{FulfilledOn: first}}}, false},
		"exam without a day":          {route.Person{Exams: []route.Exam{{}}}, false},
		"mbo that ends before":        {route.Person{Mbos: []route.Mbo{{Start: first + 1, End: first}}}, false},
		"valuation without a day":     {route.Person{Valuations: []route.Valuation{{DecidedOn: first}}}, false},
		"nothing at all":              {route.Person{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			ed := &route.Edition{Definitions: definition.Published().Newest(), CutOff: last, GridEnd: last, Region: func(string) string { return "" }}
			var b route.Builder
			var facts route.Facts
			if err := b.Build(&c.person, ed, &facts); (err == nil) != c.ok {
				t.Errorf("Build gave %v", err)
			}
		})
	}
}
