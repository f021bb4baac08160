package lineage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// row makes a version from "record id rank.file.row", with V before it for a
// deletion and its period after it for a wage row.
func row(t *testing.T, text string) *version {
	t.Helper()
	v := &version{}
	text, v.deletes = strings.CutPrefix(text, "V ")
	words := strings.Fields(text)
	v.record, v.id = schemas.RecordOf(words[0]), words[1]
	if v.record == nil {
		t.Fatalf("%s: no such record", text)
	}
	if _, err := fmt.Sscanf(words[2], "%d.%d.%d", &v.rank, &v.at.File, &v.at.Row); err != nil {
		t.Fatal(err)
	}
	v.at.Load = uint64(v.rank)
	if len(words) > 3 {
		if _, err := fmt.Sscan(words[3], &v.period); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func place(v *version) string { return fmt.Sprintf("%d.%d.%d", v.rank, v.at.File, v.at.Row) }

// TestResolve holds the reasons against DOMAIN section 2. The delivery of rank 0
// was replaced by a full one.
func TestResolve(t *testing.T) {
	for name, test := range map[string]struct{ rows, holds, lost string }{
		"one version": {"coa_stay a 1.0.1", "1.0.1", ""},
		"a newer delivery wins, then the file, then the row": {
			"coa_stay a 1.9.9, coa_stay a 2.0.9, coa_stay a 2.1.1, coa_stay a 2.1.2", "2.1.2",
			"1.9.9 an older version by 2.1.2, 2.0.9 an older version by 2.1.2, 2.1.1 an older version by 2.1.2"},
		"a deletion takes all":   {"coa_stay a 1.0.1, V coa_stay a 2.0.1", "", "1.0.1 deleted (V) by 2.0.1"},
		"added again":            {"coa_stay a 1.0.1, V coa_stay a 2.0.1, coa_stay a 3.0.1", "3.0.1", "1.0.1 an older version by 3.0.1, 2.0.1 an older version by 3.0.1"},
		"a full delivery":        {"coa_stay a 0.0.1, coa_stay b 1.0.1", "1.0.1", "0.0.1 replaced by a later full delivery"},
		"ids of other records":   {"coa_stay a 1.0.1, coa_permit a 2.0.1", "1.0.1, 2.0.1", ""},
		"a correction of a wage": {"uwv_employment a 1.0.1 i/1, uwv_employment b 2.0.1 i/1, uwv_employment c 1.0.2 i/2", "1.0.2, 2.0.1", "1.0.1 corrected by 2.0.1"},
		"a deleted correction corrects nothing": {
			"uwv_employment a 1.0.1 i/1, uwv_employment b 2.0.1 i/1, V uwv_employment b 3.0.1", "1.0.1", "2.0.1 deleted (V) by 3.0.1"},
		"a version that names another period corrects the old one no more": {
			"uwv_employment a 1.0.1 i/1, uwv_employment b 2.0.1 i/1, uwv_employment b 3.0.1 i/2", "1.0.1, 3.0.1", "2.0.1 an older version by 3.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			var versions []*version
			for text := range strings.SplitSeq(test.rows, ", ") {
				versions = append(versions, row(t, text))
			}
			slices.Reverse(versions)
			holding, lost := resolve(versions, func(v *version) bool { return v.rank > 0 })
			var got []string
			for _, v := range holding {
				got = append(got, place(v))
			}
			if have := strings.Join(got, ", "); have != test.holds {
				t.Errorf("%s holds, want %s", have, test.holds)
			}
			if have := losses(lost); have != test.lost {
				t.Errorf("lost:\n%s\nwant\n%s", have, test.lost)
			}
		})
	}
}

func losses(lost []loss) string {
	slices.SortFunc(lost, func(a, b loss) int { return before(a.version, b.version) })
	var parts []string
	for _, l := range lost {
		why, _, _ := strings.Cut(l.why, ":")
		if l.by != nil {
			why += " by " + place(l.by)
		}
		parts = append(parts, place(l.version)+" "+why)
	}
	return strings.Join(parts, ", ")
}

func TestRowsAreNamedInRanges(t *testing.T) {
	names := fileNames{number: map[fileKey]int{{load: 1}: 1, {load: 2}: 2}}
	var rows []*version
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
