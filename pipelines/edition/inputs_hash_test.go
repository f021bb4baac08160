package edition

import (
	"slices"
	"testing"

	"doorstroom/pipelines/versions"
)

// TestInputsTellLoadsAndDefinitionsApart: the hash is of what the rows depend on, not of the order of arrival.
func TestInputsTellLoadsAndDefinitionsApart(t *testing.T) {
	one, two := versions.Load{Supplier: "uwv", DeliveryID: "a", Manifest: "1"}, versions.Load{Supplier: "uwv", DeliveryID: "a", Manifest: "2"}
	hash := inputsHash([]versions.Load{one}, "1")
	for what, other := range map[string]string{
		"another manifest":    inputsHash([]versions.Load{two}, "1"),
		"other definitions":   inputsHash([]versions.Load{one}, "2"),
		"one delivery more":   inputsHash([]versions.Load{one, two}, "1"),
		"another reading":     inputsHash([]versions.Load{{Supplier: "uwv", DeliveryID: "a", Manifest: "1", ReadingVersion: "2"}}, "1"),
		"nothing":             inputsHash(nil, "1"),
		"another delivery id": inputsHash([]versions.Load{{Supplier: "uwv", DeliveryID: "b", Manifest: "1"}}, "1"),
	} {
		if other == hash {
			t.Errorf("%s has the same hash", what)
		}
	}
	both := []versions.Load{one, two}
	inOrder := inputsHash(both, "1")
	slices.Reverse(both)
	if inputsHash(both, "1") != inOrder {
		t.Error("the hash depends on the order of arrival")
	}
}
