package route_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// BenchmarkBuild takes persons of a common size: 80 months, 67 wage rows, two
// residences, two stays and some of everything else.
func BenchmarkBuild(b *testing.B) {
	persons := make([]route.Person, 500)
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range persons {
		persons[i] = commonPerson(rnd, i)
	}
	ed := &route.Edition{
		Definitions: definition.Published().Newest(),
		CutOff:      schemas.DateOf(2025, 12, 31),
		GridEnd:     schemas.DateOf(2025, 12, 31),
		Region:      func(string) string { return "AM01" },
	}
	var builder route.Builder
	var facts route.Facts
	rows := 0
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if err := builder.Build(&persons[i%len(persons)], ed, &facts); err != nil {
			b.Fatal(err)
		}
		rows += len(facts.Months)
	}
	b.ReportMetric(float64(rows)/float64(b.N), "months/op")
}

func commonPerson(rnd *rand.Rand, n int) route.Person {
	arrival := schemas.DateOf(2019, 5, 3)
	permit := arrival + 200
	p := route.Person{
		PersonID: fmt.Sprintf("v%025da", n), Linkage: "linked",
		Permits: []route.Permit{
			{RecordID: "p1", TitleCode: "32", AppliedOn: arrival, Start: arrival, BirthYear: 1990, Route: "zelf", Sex: "M", NationalityCode: "0336"},
			{RecordID: "p2", TitleCode: "26", AppliedOn: arrival, Start: permit, BirthYear: 1990, Route: "zelf", Sex: "M", NationalityCode: "0336"},
		},
		Stays: []route.Stay{
			{RecordID: "s1", MunicipalityCode: "0014", Start: arrival, End: arrival + 100},
			{RecordID: "s2", MunicipalityCode: "0034", Start: arrival + 101, End: permit + 150},
		},
		Residences: []route.Residence{
			{RecordID: "r1", MunicipalityCode: "0344", SettledOn: permit + 151, LeftOn: permit + 900, LeftReason: "verhuisd"},
			{RecordID: "r2", MunicipalityCode: "0363", SettledOn: permit + 901},
		},
		Bijstand:    []route.Bijstand{{RecordID: "b1", MunicipalityCode: "0344", Regulation: "PW", Start: permit + 151, End: permit + 700, ReasonIn: "43"}},
		Inburgering: []route.Inburgering{{RecordID: "i1", MunicipalityCode: "0344", PIPSignedOn: permit + 200, Leerroute: "B1"}},
		Provisions:  []route.Provision{{RecordID: "v1", MunicipalityCode: "0344", Start: permit + 300, End: permit + 500, HoursPerWeek: 1600}},
		Obligations: []route.Obligation{{RecordID: "o1", Law: "Wi2013", Start: permit}},
	}
	for _, part := range []string{"LE", "LU", "SC", "SP", "KNM"} {
		p.Exams = append(p.Exams, route.Exam{RecordID: "e" + part, Part: part, Level: "A2", Result: "geslaagd", TakenOn: permit + 600})
	}
	addWages(&p, rnd, 57, "ikv-1", "employer-one-000000000000a")
	addWages(&p, rnd, 10, "ikv-2", "employer-two-000000000000a")
	rnd.Shuffle(len(p.Employments), func(i, j int) {
		p.Employments[i], p.Employments[j] = p.Employments[j], p.Employments[i]
	})
	return p
}

// addWages adds monthly wage rows up to the end of 2025.
func addWages(p *route.Person, rnd *rand.Rand, months int, ikv, employer string) {
	last := schemas.DateOf(2025, 12, 1).Month()
	start := (last - schemas.Month(months) + 1).First()
	for m := last - schemas.Month(months) + 1; m <= last; m++ {
		p.Employments = append(p.Employments, route.Employment{
			RecordID: fmt.Sprintf("w%s%d", ikv, m), IKVID: ikv, Employer: employer,
			SrtIV: "15", CDAard: "01", IndPermanent: "J", IndWritten: "J", IndOnCall: "N", SectorCode: "33",
			PeriodStart: m.First(), PeriodEnd: m.Last(), IKVStart: start,
			HoursPaid: int32(60 + rnd.IntN(100)), WageSVCents: 150000,
		})
	}
}
