package connectors_test

import (
	"slices"
	"testing"

	"doorstroom/connectors"
	"doorstroom/schemas"
)

// TestEverySupplierHasAConnector holds the list of connectors to the suppliers that schemas/avro names, in the same order.
func TestEverySupplierHasAConnector(t *testing.T) {
	var listed []string
	for _, c := range connectors.All() {
		listed = append(listed, c.Supplier())
	}
	if !slices.Equal(listed, schemas.Suppliers) {
		t.Errorf("connectors.All lists %v, schemas/avro %v", listed, schemas.Suppliers)
	}
}

// TestServed: of the five of contract 1.0, DUO and IDW deliver the pages of an interface.
func TestServed(t *testing.T) {
	for supplier, want := range map[string]bool{"coa": false, "municipality": false, "uwv": false, "duo": true, "idw": true} {
		if got := slices.Contains(connectors.Served(), supplier); got != want {
			t.Errorf("%s serves an interface: %v, want %v", supplier, got, want)
		}
	}
}
