package lineage

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// row makes a version from "record id rank.file.row".
func row(t *testing.T, text string) *versions.Version {
	t.Helper()
	v := &versions.Version{}
	words := strings.Fields(text)
	v.Record, v.ID = schemas.RecordOf(words[0]), words[1]
	if v.Record == nil {
		t.Fatalf("%s: no such record", text)
	}
	if _, err := fmt.Sscanf(words[2], "%d.%d.%d", &v.Rank, &v.Place.File, &v.Place.Row); err != nil {
		t.Fatal(err)
	}
	v.Place.Load = uint64(v.Rank)
	return v
}

func TestRowsAreNamedInRanges(t *testing.T) {
	names := fileNames{number: map[fileKey]int{{load: 1}: 1, {load: 2}: 2}}
	var rows []*versions.Version
	for _, text := range []string{"coa_stay d 1.0.9", "coa_stay a 1.0.2", "coa_stay b 1.0.3", "coa_stay c 1.0.4", "coa_stay e 2.0.1", "coa_stay f 1.0.6"} {
		rows = append(rows, row(t, text))
	}
	if got, want := names.rows(rows), "coa_stay [1] rows 2-4, 6, 9; coa_stay e [2] row 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := names.rows(nil); got != "-" {
		t.Errorf("no rows are written %q", got)
	}
}
