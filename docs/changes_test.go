package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// changes are what people ask for; each has a section of CONTRIBUTING with its list of files.
var changes = []string{
	"Add a supplier", "Add a field to a record", "Add or change a rule", "Add a milestone", "Change or add a definition",
	"Add a version of the definitions", "Add a table or a column of facts", "Add a mart and a chart", "Add a published table", "Add a command",
	"Add a setting", "Add a store",
}

// TestChangesNameTheirFiles: every change has a section, whose numbered steps name files and folders that are there.
func TestChangesNameTheirFiles(t *testing.T) {
	text := files(t, "CONTRIBUTING.md")["CONTRIBUTING.md"]
	for _, change := range changes {
		_, section, found := strings.Cut(text, "\n## "+change+"\n")
		if !found {
			t.Errorf("CONTRIBUTING.md has no section %q", change)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		named := 0
		for _, code := range inline.FindAllString(section, -1) {
			name := strings.Trim(code, "`")
			if !path.MatchString(name) && name != "CHANGELOG.md" && name != "README.md" {
				continue
			}
			named++
			if _, err := os.Stat(filepath.Join(top, name)); err != nil {
				t.Errorf("%q names %s, which is not there", change, name)
			}
		}
		if named < 2 {
			t.Errorf("%q names %d files, want its list of them", change, named)
		}
	}
}
