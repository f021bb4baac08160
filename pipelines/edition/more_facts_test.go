package edition_test

import (
	"slices"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// TestMoreFactsLeaveTheContractsTables makes one edition under definitions 2 and under 3: the contract's tables have the
// same bytes, and those beside them rows under 3 alone.
func TestMoreFactsLeaveTheContractsTables(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 400)
	content := map[string][]edition.Content{}
	for _, version := range []string{"2", "3"} {
		result, err := e.facts.Build(t.Context(), day("2026-06-30"), edition.Options{Definitions: version})
		must(t, err)
		if result.Outcome != edition.Built {
			t.Fatalf("under definitions %s the outcome is %d", version, result.Outcome)
		}
		content[version] = e.content(t)
	}
	for i, table := range schemas.FactTables {
		second, third := content["2"][i], content["3"][i]
		if third.Definitions != "3" {
			t.Errorf("%s was made under definitions %s", table.Name, third.Definitions)
		}
		third.Definitions = second.Definitions
		ofContract := slices.ContainsFunc(schemas.ContractTables, func(c schemas.FactTable) bool { return c.Name == table.Name })
		if ofContract && second != third {
			t.Errorf("under definitions 3 %s is %v, under 2 %v", table.Name, third, second)
		}
		if !ofContract && (second.Rows != 0 || third.Rows == 0) {
			t.Errorf("%s has %d rows under definitions 2 and %d under 3", table.Name, second.Rows, third.Rows)
		}
	}
}
