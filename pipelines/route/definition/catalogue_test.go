package definition_test

import (
	"strings"
	"testing"

	"doorstroom/pipelines/route/definition"
)

// TestCatalogueFindsByVersion finds sets by their whole name, and says which there are.
func TestCatalogueFindsByVersion(t *testing.T) {
	c := append(definition.Published(), definition.Set{Version: "2019-draft"})
	if d, err := c.Version("2019-draft"); err != nil || d.Version != "2019-draft" || c.Newest() != d {
		t.Errorf("the last set is not found: %v", err)
	}
	for _, name := range []string{"", "4", "01"} {
		if _, err := c.Version(name); err == nil || !strings.Contains(err.Error(), "this program has 1, 2, 3, 2019-draft") {
			t.Errorf("version %q gives %v", name, err)
		}
	}
}
