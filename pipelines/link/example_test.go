package link_test

import (
	"fmt"

	"doorstroom/pipelines/link"
	"doorstroom/schemas"
)

// exampleOf parses a pseudonym of the contract: 26 characters of a to z and 2 to 7.
func exampleOf(text string) schemas.Pseudonym {
	p, _ := schemas.ParsePseudonym([]byte(text))
	return p
}

// COA delivers a record with a V, and later one with that V and a B. UWV knows the B alone. All of it is one person.
func ExampleGraph() {
	v, b := exampleOf("aaaaaaaaaaaaaaaaaaaaaaaaaa"), exampleOf("bbbbbbbbbbbbbbbbbbbbbbbbba")
	var g link.Graph
	g.Add(v, schemas.Pseudonym{}, link.SupplierBit("coa"))
	g.Add(v, b, link.SupplierBit("coa"))
	g.Add(schemas.Pseudonym{}, b, link.SupplierBit("uwv"))

	persons := g.Persons()
	fmt.Println(persons.Len(), "person,", len(persons.Conflicts), "conflicts")
	// Output: 1 person, 0 conflicts
}

// One V with two B cannot be one human being: none of the links is used, each pseudonym is a person of its own, and all three are listed.
func ExampleGraph_conflict() {
	v := exampleOf("aaaaaaaaaaaaaaaaaaaaaaaaaa")
	var g link.Graph
	g.Add(v, exampleOf("bbbbbbbbbbbbbbbbbbbbbbbbba"), link.SupplierBit("coa"))
	g.Add(v, exampleOf("ccccccccccccccccccccccccca"), link.SupplierBit("duo"))

	persons := g.Persons()
	fmt.Println(persons.Len(), "persons,", len(persons.Conflicts), "conflicts")
	// Output: 3 persons, 3 conflicts
}
