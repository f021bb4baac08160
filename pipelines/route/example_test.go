package route_test

import (
	"fmt"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// The definitions of an edition, its cut-off and its last reference day are all that facts rest on besides the records.
func exampleEdition() *route.Edition {
	return &route.Edition{
		Definitions: definition.Published().Newest(), CutOff: schemas.DateOf(2024, 6, 30), GridEnd: schemas.DateOf(2024, 4, 30),
		Region: func(string) string { return "" },
	}
}

// A permit makes a cohort; the months run from its month to the end of the grid, each with one stage.
func ExampleBuilder() {
	person := &route.Person{
		PersonID: "vaaaaaaaaaaaaaaaaaaaaaaaaaa", Linkage: "v_only",
		Permits: []route.Permit{{RecordID: "P1", TitleCode: "26", Sex: "V", Route: "zelf", Start: schemas.DateOf(2024, 2, 15), BirthYear: 1990}},
	}
	var builder route.Builder
	var facts route.Facts
	if err := builder.Build(person, exampleEdition(), &facts); err != nil {
		panic(err)
	}
	fmt.Println("cohort", facts.Person.Cohort, "with", len(facts.Months), "months")
	// Output: cohort 2024 with 3 months
}

// A wage makes a first job, on the day on which the income relation began. What breaks the contract is an error, not a fact.
func ExampleBuilder_work() {
	wage := route.Employment{
		RecordID: "W1", IKVID: "I1", Employer: "E1", SrtIV: "15", HoursPaid: 80, WageSVCents: 140000,
		PeriodStart: schemas.DateOf(2024, 3, 1), PeriodEnd: schemas.DateOf(2024, 3, 31), IKVStart: schemas.DateOf(2024, 3, 11),
	}
	person := &route.Person{
		PersonID: "vaaaaaaaaaaaaaaaaaaaaaaaaaa", Linkage: "linked", Employments: []route.Employment{wage},
		Permits: []route.Permit{{RecordID: "P1", TitleCode: "26", Sex: "V", Route: "zelf", Start: schemas.DateOf(2024, 2, 15), BirthYear: 1990}},
	}
	var builder route.Builder
	var facts route.Facts
	if err := builder.Build(person, exampleEdition(), &facts); err != nil {
		panic(err)
	}
	for _, m := range facts.Milestones {
		if m.Kind.String() == "first_job" {
			fmt.Println(m.Kind, m.Date)
		}
	}
	person.Employments[0].PeriodEnd = schemas.DateOf(2024, 2, 1)
	fmt.Println(builder.Build(person, exampleEdition(), &facts) != nil)
	// Output:
	// first_job 2024-03-11
	// true
}
