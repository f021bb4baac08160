package definition

import (
	"fmt"
	"strings"
)

// Catalogue is sets of definitions, the oldest first.
type Catalogue []Set

// Newest is the set of an edition that asks for none.
func (c Catalogue) Newest() Set { return c[len(c)-1] }

// Version gives the set of that name. Its error names those there are.
func (c Catalogue) Version(name string) (Set, error) {
	for _, d := range c {
		if d.Version == name && name != "" {
			return d, nil
		}
	}
	return Set{}, fmt.Errorf("no definitions with version %q: this program has %s", name, strings.Join(c.Versions(), ", "))
}

// Versions names the sets, the oldest first.
func (c Catalogue) Versions() []string {
	names := make([]string, len(c))
	for i := range c {
		names[i] = c[i].Version
	}
	return names
}
