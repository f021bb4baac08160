package lineage

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// printed is a route of one fact, made of two rows of the second file, and a row of the first that lost to one of them.
func printed(t *testing.T) *Route {
	t.Helper()
	old, won, other := row(t, "coa_stay S-1 1.0.4"), row(t, "coa_stay S-1 2.1.7"), row(t, "coa_stay S-2 2.1.8")
	return &Route{
		personID: "vPERSON", linkage: "v_only", members: []string{"vPERSON"},
		Edition:  edition.Edition{CutOff: day("2026-06-30"), DefinitionVersion: "2"},
		timeline: []event{{from: day("2024-01-15"), to: day("2024-03-31"), fact: "status", text: "azc", rows: []*versions.Version{other, won, won}}},
		lost:     []versions.Loss{{Version: old, Why: versions.OlderVersion, By: won}},
		files:    map[fileKey]file{{1, 0}: {"old.jsonl", "aa"}, {2, 1}: {"new.jsonl", "bb"}},
		loads: map[uint64]versions.Load{
			1: {ID: 1, Supplier: "coa", DeliveryID: "first", DrawnOn: day("2026-01-15"), Full: true},
			2: {ID: 2, Supplier: "coa", DeliveryID: "second", DrawnOn: day("2026-02-15"), Withdrawn: true},
		},
	}
}

func day(text string) schemas.Date {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return schemas.DateFromTime(d)
}

// TestPrint: files are numbered in the order of the deliveries, rows of one file stand together, and a loss names what won.
func TestPrint(t *testing.T) {
	var out bytes.Buffer
	must(t, printed(t).Print(&out))
	want := `person vPERSON in edition 2026-06-30 (definitions 2, months up to none: no wages)
linkage v_only; pseudonyms vPERSON

what is known of the person

timeline
  2024-01-15 - 2024-03-31  status  azc  coa_stay [2] rows 7-8

does not hold
  coa_stay S-1 [1] row 4: an older version, see coa_stay S-1 [2] row 7

files
  [1]  coa/first   full, drawn 2026-01-15                       old.jsonl  sha256 aa
  [2]  coa/second  mutation, drawn 2026-02-15, withdrawn since  new.jsonl  sha256 bb
`
	if got := out.String(); got != want {
		t.Errorf("printed is\n%s\nwant\n%s", got, want)
	}
}

// TestRows writes rows as short as they stay clear.
func TestRows(t *testing.T) {
	names := fileNames{number: map[fileKey]int{{1, 0}: 1, {1, 1}: 2, {2, 0}: 3}}
	for _, c := range []struct{ rows, want string }{
		{"", "-"},
		{"coa_stay a 1.0.5", "coa_stay a [1] row 5"},
		{"coa_stay a 1.0.5, coa_stay b 1.0.6", "coa_stay [1] rows 5-6"},
		{"coa_stay d 1.0.9, coa_stay a 1.0.5, coa_stay b 1.0.6, coa_stay c 1.0.7", "coa_stay [1] rows 5-7, 9"},
		{"coa_stay a 1.0.1, coa_stay b 1.0.3, coa_stay c 1.0.5", "coa_stay [1] rows 1, 3, 5"},
		{"coa_stay a 1.0.5, coa_stay b 1.1.6", "coa_stay a [1] row 5; coa_stay b [2] row 6"},
		{"coa_permit a 1.0.5, coa_stay b 1.0.6", "coa_permit a [1] row 5; coa_stay b [1] row 6"},
		{"coa_stay a 2.0.1, coa_stay b 1.1.9", "coa_stay b [2] row 9; coa_stay a [3] row 1"},
	} {
		var rows []*versions.Version
		for text := range strings.SplitSeq(c.rows, ", ") {
			if text != "" {
				rows = append(rows, row(t, text))
			}
		}
		if got := names.rows(rows); got != c.want {
			t.Errorf("%s: %q, want %q", c.rows, got, c.want)
		}
	}
}
