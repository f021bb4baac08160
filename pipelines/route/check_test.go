package route_test

import (
	"testing"

	"doorstroom/pipelines/route"
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
		"period of 36 days":           {wage(100, 135, 100), true},
		"period of 37 days":           {wage(100, 136, 100), false},
		"period that ends before":     {wage(100, 99, 100), false},
		"period of the last day":      {wage(last, last, first), true},
		"period after the last day":   {wage(last, last+1, first), false},
		"period without an end":       {wage(100, 0, 100), false},
		"no ikv_start":                {wage(100, 110, 0), false},
		"stay from the first day":     {route.Person{Stays: []route.Stay{{Start: first, End: last}}}, true},
		"stay without a start":        {route.Person{Stays: []route.Stay{{End: last}}}, false},
		"stay before the first day":   {route.Person{Stays: []route.Stay{{Start: -1}}}, false},
		"permit without a start":      {route.Person{Permits: []route.Permit{{AppliedOn: 1}}}, false},
		"placement without a day":     {route.Person{Placements: []route.Placement{{}}}, false},
		"participation without a day": {route.Person{Participations: []route.Participation{{}}}, false},
		"residence that ends before":  {route.Person{Residences: []route.Residence{{SettledOn: 2, LeftOn: 1}}}, false},
		"residence of one day":        {route.Person{Residences: []route.Residence{{SettledOn: 2, LeftOn: 2}}}, true},
		"bijstand that ends before":   {route.Person{Bijstand: []route.Bijstand{{Start: 2, End: 1}}}, false},
		"inburgering without any day": {route.Person{Inburgering: []route.Inburgering{{}}}, true},
		"PIP after the last day":      {route.Person{Inburgering: []route.Inburgering{{PIPSignedOn: last + 1}}}, false},
		"provision that ends before":  {route.Person{Provisions: []route.Provision{{Start: 2, End: 1}}}, false},
		"work permit without a day":   {route.Person{WorkPermits: []route.WorkPermit{{DecidedOn: 1}}}, false},
		"obligation without a start":  {route.Person{Obligations: []route.Obligation{{FulfilledOn: 1}}}, false},
		"exam without a day":          {route.Person{Exams: []route.Exam{{}}}, false},
		"mbo that ends before":        {route.Person{Mbos: []route.Mbo{{Start: 2, End: 1}}}, false},
		"valuation without a day":     {route.Person{Valuations: []route.Valuation{{DecidedOn: 1}}}, false},
		"nothing at all":              {route.Person{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			ed := &route.Edition{Definitions: route.Published().Newest(), CutOff: last, GridEnd: last, Region: func(string) string { return "" }}
			var b route.Builder
			var facts route.Facts
			if err := b.Build(&c.person, ed, &facts); (err == nil) != c.ok {
				t.Errorf("Build gave %v", err)
			}
		})
	}
}
