package versions_test

import (
	"fmt"

	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// A mutation changes a stay that a full delivery had. The newer version is effective, and the older one can be told why it is not.
func ExampleResolve() {
	january, _ := schemas.ParseISO("2026-01-10")
	february, _ := schemas.ParseISO("2026-02-10")
	scope := versions.NewScope([]versions.Load{
		{ID: 7, Supplier: "coa", DeliveryID: "coa-2026-01", DrawnOn: january, Full: true, Records: []string{"coa_stay"}},
		{ID: 3, Supplier: "coa", DeliveryID: "coa-2026-02", DrawnOn: february, Records: []string{"coa_stay"}},
	}, february)
	stay := schemas.RecordOf("coa_stay")
	var rows []*versions.Version
	for rank, load := range scope.Loads {
		rows = append(rows, &versions.Version{Record: stay, ID: "S-1", Place: versions.Place{Load: load.ID, Row: 1}, Rank: rank})
	}
	effective, lost := versions.Resolve(rows, scope)
	fmt.Println("effective: load", effective[0].Place.Load)
	fmt.Println("load", lost[0].Place.Load, "is", lost[0].Why, "than load", lost[0].By.Place.Load)
	// Output:
	// effective: load 3
	// load 7 is an older version than load 3
}

// A mutation deletes a stay: nothing of it is effective, though the full delivery that had it still counts.
func ExampleResolve_deletion() {
	january, _ := schemas.ParseISO("2026-01-10")
	february, _ := schemas.ParseISO("2026-02-10")
	scope := versions.NewScope([]versions.Load{
		{ID: 7, Supplier: "coa", DeliveryID: "coa-2026-01", DrawnOn: january, Full: true, Records: []string{"coa_stay"}},
		{ID: 3, Supplier: "coa", DeliveryID: "coa-2026-02", DrawnOn: february, Records: []string{"coa_stay"}},
	}, february)
	stay := schemas.RecordOf("coa_stay")
	effective, lost := versions.Resolve([]*versions.Version{
		{Record: stay, ID: "S-1", Place: versions.Place{Load: 7, Row: 1}, Rank: 0},
		{Record: stay, ID: "S-1", Place: versions.Place{Load: 3, Row: 1}, Rank: 1, Deletes: true},
	}, scope)
	fmt.Println(len(effective), "effective; load", lost[0].Place.Load, "is", lost[0].Why)
	// Output: 0 effective; load 7 is deleted (V)
}
