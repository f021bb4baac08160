package delivery

import (
	"math/big"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// TestCompareWith: each way in which what is there is not what was promised is a fault of its own; what was promised is none.
func TestCompareWith(t *testing.T) {
	// Rows 1, 2 and 4 of one file: their sum is 7, that of their squares 21. A second file has no rows.
	d := closedDelivery("coa", "d", "2026-01-01", "a")
	content := schemas.Digest{Hi: 7, Lo: 9}
	d.Files = []schemas.FileTotals{
		{Name: "a.jsonl", Record: "coa_stay", RowsAccepted: 3, RowSum: 7, RowSquares: 21, Digest: content, ControlField: "hours", ControlAccepted: "12"},
		{Name: "b.jsonl", Record: "coa_stay", FileNo: 1},
	}
	right := fileSums{count: 3, sum: 7, squares: 21, content: content}
	place := fileKey{d.LoadID, "coa_stay", 0}
	for name, c := range map[string]struct {
		found fileSums
		more  map[fileKey]fileSums
		total string
		want  string
	}{
		"all is there":           {right, nil, "12", ""},
		"without a total":        {right, nil, "", ""},
		"a row less":             {fileSums{count: 2, sum: 3, squares: 5}, nil, "12", "holds 2 rows instead of 3 of file a.jsonl"},
		"a row more":             {fileSums{count: 4, sum: 12, squares: 46}, nil, "12", "holds 4 rows instead of 3 of file a.jsonl"},
		"other rows":             {fileSums{count: 3, sum: 9, squares: 29, content: content}, nil, "12", "holds other rows than were sent of file a.jsonl"},
		"rows of the same sum":   {fileSums{count: 3, sum: 7, squares: 19, content: content}, nil, "12", "holds other rows than were sent of file a.jsonl"},
		"rows of that of square": {fileSums{count: 3, sum: 8, squares: 21, content: content}, nil, "12", "holds other rows than were sent of file a.jsonl"},
		"other content, low":     {fileSums{count: 3, sum: 7, squares: 21, content: schemas.Digest{Hi: 7, Lo: 8}}, nil, "12", "holds other values than were read of file a.jsonl"},
		"other content, high":    {fileSums{count: 3, sum: 7, squares: 21, content: schemas.Digest{Hi: 8, Lo: 9}}, nil, "12", "holds other values than were read of file a.jsonl"},
		"a place with two rows":  {fileSums{count: 3, sum: 7, squares: 21, content: content, two: 1}, nil, "12", "holds 1 rows twice, with different content, of file a.jsonl"},
		"another control total":  {right, nil, "13", "holds another control total of hours than was read of file a.jsonl"},
		"a file too many":        {right, map[fileKey]fileSums{{d.LoadID, "coa_stay", 2}: {count: 1}}, "12", "holds 1 rows instead of 0 of file none that the manifest names"},
		"a record too many":      {right, map[fileKey]fileSums{{d.LoadID, "coa_permit", 0}: {count: 1}}, "12", "raw.coa_permit holds 1 rows instead of 0 of file none that the manifest names"},
		"rows of an empty file":  {right, map[fileKey]fileSums{{d.LoadID, "coa_stay", 1}: {count: 1, sum: 1, squares: 1}}, "12", "holds 1 rows instead of 0 of file b.jsonl"},
	} {
		found, added := map[fileKey]fileSums{place: c.found}, map[controlKey]string{}
		for key, sums := range c.more {
			found[key] = sums
		}
		if c.total != "" {
			added[controlKey{place, "hours"}] = c.total
		}
		faults := compareWith([]schemas.Closed{d}, found, added)
		switch fault := faults[d.LoadID]; {
		case c.want == "" && len(faults) > 0:
			t.Errorf("%s: %v", name, faults)
		case c.want != "" && (len(faults) != 1 || fault == nil || !strings.Contains(fault.Error(), c.want)):
			t.Errorf("%s: the faults are %v, want %q", name, faults, c.want)
		}
	}
	d.Reason = schemas.HashMismatch
	if faults := compareWith([]schemas.Closed{d}, map[fileKey]fileSums{place: {count: 1}}, nil); len(faults) > 0 {
		t.Errorf("what is refused has faults: %v", faults)
	}
}

// TestDigestsAreNumbers: 128 bits, the high half first.
func TestDigestsAreNumbers(t *testing.T) {
	n := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(7), 64), big.NewInt(9))
	if got := digest(n); got != (schemas.Digest{Hi: 7, Lo: 9}) || number(got).Cmp(n) != 0 {
		t.Errorf("%v is the digest %+v and the number %v again", n, got, number(got))
	}
}
