package synth

import (
	"slices"
	"testing"

	"doorstroom/schemas"
)

// Columns are those of the contract, in its order.
func TestColumnsAreTheContracts(t *testing.T) {
	made := 0
	for _, r := range schemas.Records {
		if slices.Contains(Suppliers(), r.Supplier) {
			made++
		}
	}
	if made != int(recordKinds) {
		t.Fatalf("the suppliers %v have %d records in the contract, %d here", Suppliers(), made, recordKinds)
	}
	for _, c := range columns {
		r := schemas.RecordOf(c.record)
		if r == nil {
			t.Fatalf("no record %s in the contract", c.record)
		}
		names := append(leadingNames[:len(leadingNames):len(leadingNames)], c.names...)
		if len(names) != len(r.Fields) || r.Supplier != c.supplier {
			t.Errorf("%s: %d columns, want %d; supplier %s", c.record, len(names), len(r.Fields), c.supplier)
			continue
		}
		for i, f := range r.Fields {
			if names[i] != f.Column {
				t.Errorf("%s: column %d is %s, want %s", c.record, i, names[i], f.Column)
			}
		}
	}
}
