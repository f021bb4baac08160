package wording

import (
	"fmt"
	"slices"
	"testing"

	"doorstroom/schemas"
)

// TestIgnoredIsSaidOnce: what is the same in many files stands on one line, with the files up to ten by name.
func TestIgnoredIsSaidOnce(t *testing.T) {
	var p passedOver
	for i := range 12 {
		p.add(&schemas.FileTotals{Record: "coa_stay", UnknownColumns: 1, UnknownNames: []string{"eindDatum"}, UnfilledColumns: []string{"einddatum"}}, fmt.Sprintf("coa/c-%02d/b.jsonl", i))
	}
	p.add(&schemas.FileTotals{Record: "coa_stay"}, "coa/whole/b.jsonl")
	p.add(&schemas.FileTotals{Record: "municipality_residence", UnknownColumns: 3}, "municipality/m/v.csv")
	want := []string{
		"coa_stay, coa/c-00/b.jsonl, coa/c-01/b.jsonl, coa/c-02/b.jsonl, coa/c-03/b.jsonl, coa/c-04/b.jsonl, coa/c-05/b.jsonl, coa/c-06/b.jsonl, " +
			"coa/c-07/b.jsonl, coa/c-08/b.jsonl, coa/c-09/b.jsonl and 2 more: ignored, as the contract does not know them: eindDatum; filled in no row: einddatum",
		"municipality_residence, municipality/m/v.csv: ignored, as the contract does not know them: 3 of the names in the first line",
	}
	if got := p.lines(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
