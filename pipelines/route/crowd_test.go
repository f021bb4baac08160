package route_test

import (
	"fmt"
	"math"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// TestManyPeopleUnderOnePseudonym builds somebody with the wages of 70,000 employers, as when a supplier fills in one
// pseudonym for everybody without: columns of 16 bits stay at the most that they hold, and nothing takes for ever.
func TestManyPeopleUnderOnePseudonym(t *testing.T) {
	const employers = 70_000
	day := schemas.DateOf(2024, 5, 1)
	p := &route.Person{PersonID: "vaaaaaaaaaaaaaaaaaaaaaaaaaa", Linkage: "linked"}
	for i := range employers {
		for _, employer := range []string{fmt.Sprintf("%026d", i), "e"} {
			p.Employments = append(p.Employments, route.Employment{RecordID: fmt.Sprint(i), IKVID: fmt.Sprint("I", i), Employer: employer, SrtIV: "15", CDAard: "01",
				PeriodStart: day, PeriodEnd: day + 30, IKVStart: day, HoursPaid: 9999, WageSVCents: 1})
		}
	}
	var b route.Builder
	var facts route.Facts
	ed := &route.Edition{Definitions: definition.Published()[0], CutOff: schemas.DateOf(2024, 6, 30), GridEnd: schemas.DateOf(2024, 5, 31), Region: func(string) string { return "" }}
	if err := b.Build(p, ed, &facts); err != nil {
		t.Fatal(err)
	}
	if n := len(facts.WorkSpells); n != 1 || facts.WorkSpells[0].Jobs != math.MaxUint16 {
		t.Errorf("%d work spells, the first with %d employers; want one with %d", n, facts.WorkSpells[0].Jobs, math.MaxUint16)
	}
	if n := len(facts.Jobs); n != employers+1 {
		t.Fatalf("%d jobs, want %d", n, employers+1)
	}
	most := uint16(0)
	for _, job := range facts.Jobs {
		most = max(most, job.IKVs)
	}
	if most != math.MaxUint16 {
		t.Errorf("the job with most income relations has %d, want %d", most, math.MaxUint16)
	}
	if got := facts.Months[0]; got.WageSVCents != 2*employers || got.HoursWeek != 999_999_999 {
		t.Errorf("the month has a wage of %d and %d hundredths of hours a week, want %d and the most of the column", got.WageSVCents, got.HoursWeek, 2*employers)
	}
}
