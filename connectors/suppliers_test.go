package connectors_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
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

var update = flag.Bool("update", false, "write the table of suppliers in docs/for_suppliers.md")

// suppliersTable is where the page for suppliers lists them.
var suppliersTable = regexp.MustCompile(`(?m)(^\| supplier \| records \| formats \|\n\| --- \| --- \| --- \|\n)(?:^\| .* \|\n)*`)

// TestPageListsSuppliers holds the table of docs/for_suppliers.md to the connectors and the records of their suppliers.
func TestPageListsSuppliers(t *testing.T) {
	const path = "../docs/for_suppliers.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(suppliersTable.FindAll(page, -1)); n != 1 {
		t.Fatalf("%s has %d tables of suppliers, want one", path, n)
	}
	var rows strings.Builder
	for _, c := range connectors.All() {
		var records, formats []string
		for _, r := range schemas.Records {
			if r.Supplier == c.Supplier() {
				records = append(records, "`"+r.Name+"`")
			}
		}
		for _, f := range c.Formats() {
			formats = append(formats, "`"+f.Name+"`")
		}
		fmt.Fprintf(&rows, "| `%s` | %s | %s |\n", c.Supplier(), strings.Join(records, ", "), strings.Join(formats, ", "))
	}
	want := suppliersTable.ReplaceAll(page, []byte("${1}"+rows.String()))
	if *update {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
	} else if string(want) != string(page) {
		t.Errorf("the suppliers of %s are not those of the program: run go generate ./connectors", path)
	}
}
