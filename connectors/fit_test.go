package connectors

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"doorstroom/schemas"
)

// TestFit refuses a delivery whose Closed no message holds, and no other.
func TestFit(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for files, want := range map[int]schemas.Reason{1: "", 5_000: "", 40_000: schemas.ManifestInvalid} {
		a := &attempt{delivery: Delivery{Supplier: "coa", ID: "d"}}
		a.closed.Records = []schemas.RecordTotals{{Record: "coa_permit", RowsInFiles: 7, RowsAccepted: 7}}
		for i := range files {
			a.closed.Files = append(a.closed.Files, schemas.FileTotals{Name: fmt.Sprintf("p-%d.jsonl", i), Record: "coa_permit", SHA256: fmt.Sprintf("%016x%016x%016x%016x", random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64())})
		}
		if err := a.fit(); err != nil {
			t.Fatal(err)
		}
		refused := want != ""
		if a.closed.Reason != want || (a.closed.Files == nil) != refused || (a.closed.Records[0].RowsAccepted == 0) != refused || (a.closed.Detail != "") != refused {
			t.Errorf("%d files: %q (%s), %d left", files, a.closed.Reason, a.closed.Detail, len(a.closed.Files))
		}
	}
}
