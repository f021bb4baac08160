package route_test

import (
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// TestContradictions counts on both sides of each boundary.
func TestContradictions(t *testing.T) {
	day := func(text string) schemas.Date {
		d, ok := schemas.ParseISO(text)
		if !ok {
			t.Fatalf("%s is not a day", text)
		}
		return d
	}
	wage := func(start, end, ikvEnd string) route.Employment {
		e := route.Employment{IKVID: start, Employer: "E", SrtIV: "15", CDAard: "01", HoursPaid: 10, PeriodStart: day(start), PeriodEnd: day(end), IKVStart: day("2020-01-01")}
		if ikvEnd != "" {
			e.IKVEnd = day(ikvEnd)
		}
		return e
	}
	home := func(code, from, to string) route.Residence {
		r := route.Residence{RecordID: code + from, MunicipalityCode: code, SettledOn: day(from)}
		if to != "" {
			r.LeftOn = day(to)
		}
		return r
	}
	died := home("0363", "2023-01-01", "2024-01-15")
	died.LeftReason = "overleden"
	duty := func(law, from, to string) route.Obligation {
		o := route.Obligation{RecordID: law, Law: law, Start: day(from)}
		if to != "" {
			o.End = day(to)
		}
		return o
	}
	exam := func(result, on string) route.Exam {
		return route.Exam{RecordID: on, Part: "KNM", Result: result, TakenOn: day(on)}
	}
	permit := func(title string, born int32) route.Permit {
		return route.Permit{RecordID: title, TitleCode: title, Start: day("2014-06-01"), BirthYear: born}
	}
	for name, test := range map[string]struct {
		person route.Person
		rule   route.Contradiction
		want   int
	}{
		"income relation ends on the first day":     {route.Person{Employments: []route.Employment{wage("2024-01-01", "2024-01-31", "2024-01-01")}}, route.IKVEndedBefore, 0},
		"income relation ends the day before":       {route.Person{Employments: []route.Employment{wage("2024-01-01", "2024-01-31", "2023-12-31")}}, route.IKVEndedBefore, 1},
		"work that starts on the day of death":      {route.Person{Residences: []route.Residence{died}, Employments: []route.Employment{wage("2024-01-15", "2024-01-31", "")}}, route.WorkAfterExit, 0},
		"work that starts the day after":            {route.Person{Residences: []route.Residence{died}, Employments: []route.Employment{wage("2024-01-16", "2024-01-31", "")}}, route.WorkAfterExit, 1},
		"homes that follow each other":              {route.Person{Residences: []route.Residence{home("0363", "2024-01-01", "2024-01-31"), home("0344", "2024-02-01", "")}}, route.TwoResidences, 0},
		"homes that share a day":                    {route.Person{Residences: []route.Residence{home("0363", "2024-01-01", "2024-02-01"), home("0344", "2024-02-01", "")}}, route.TwoResidences, 2},
		"open homes, both":                          {route.Person{Residences: []route.Residence{home("0363", "2024-01-01", ""), home("0344", "2024-02-01", "")}}, route.TwoResidences, 2},
		"passed on the day of arrival":              {route.Person{Stays: []route.Stay{{RecordID: "1", Start: day("2024-01-01")}}, Exams: []route.Exam{exam("geslaagd", "2024-01-01")}}, route.ExamBeforeArrival, 0},
		"passed the day before":                     {route.Person{Stays: []route.Stay{{RecordID: "1", Start: day("2024-01-01")}}, Exams: []route.Exam{exam("geslaagd", "2023-12-31")}}, route.ExamBeforeArrival, 1},
		"failed the day before":                     {route.Person{Stays: []route.Stay{{RecordID: "1", Start: day("2024-01-01")}}, Exams: []route.Exam{exam("gezakt", "2023-12-31")}}, route.ExamBeforeArrival, 0},
		"passed, and never in an azc":               {route.Person{Exams: []route.Exam{exam("geslaagd", "2023-12-31")}}, route.ExamBeforeArrival, 0},
		"a law that follows another":                {route.Person{Obligations: []route.Obligation{duty("Wi2013", "2020-01-01", "2021-12-31"), duty("Wi2021", "2022-01-01", "")}}, route.TwoLaws, 0},
		"laws that share a day":                     {route.Person{Obligations: []route.Obligation{duty("Wi2013", "2020-01-01", "2022-01-01"), duty("Wi2021", "2022-01-01", "")}}, route.TwoLaws, 2},
		"one law twice":                             {route.Person{Obligations: []route.Obligation{duty("Wi2021", "2020-01-01", ""), duty("Wi2021", "2022-01-01", "")}}, route.TwoLaws, 0},
		"fulfilled on the first day":                {route.Person{Obligations: []route.Obligation{{Law: "Wi2021", Start: day("2024-01-02"), FulfilledOn: day("2024-01-02")}}}, route.FulfilledBeforeStart, 0},
		"fulfilled before":                          {route.Person{Obligations: []route.Obligation{{Law: "Wi2021", Start: day("2024-01-02"), FulfilledOn: day("2024-01-01")}}}, route.FulfilledBeforeStart, 1},
		"born in the year of the permit":            {route.Person{Permits: []route.Permit{permit("26", 2014)}}, route.BornAfterPermit, 0},
		"born in the year after":                    {route.Person{Permits: []route.Permit{permit("26", 2015), permit("TB", 2015)}}, route.BornAfterPermit, 2},
		"born after the start of a procedure alone": {route.Person{Permits: []route.Permit{permit("32", 2015)}}, route.BornAfterPermit, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var b route.Builder
			var f route.Facts
			e := &route.Edition{Definitions: definition.Published().Newest(), CutOff: day("2024-12-31"), GridEnd: day("2024-12-31"), Region: func(string) string { return "" }}
			if err := b.Build(&test.person, e, &f); err != nil {
				t.Fatal(err)
			}
			for rule, n := range b.Contradictions(&test.person, &f.Person) {
				want := 0
				if route.Contradiction(rule) == test.rule {
					want = test.want
				}
				if n != want {
					t.Errorf("%s counts %d, want %d", route.Contradiction(rule), n, want)
				}
			}
		})
	}
}
