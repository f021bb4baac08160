package catalogue

import "testing"

// TestCatalogueOfTheProgram reads the catalogue that is in the binary.
func TestCatalogueOfTheProgram(t *testing.T) {
	c, err := Read("")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Entries) < 25 {
		t.Errorf("%d entries", len(c.Entries))
	}
	for _, e := range c.Entries {
		t.Log(e.Importance, e.Name, e.Columns())
	}
}
