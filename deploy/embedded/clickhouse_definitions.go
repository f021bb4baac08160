package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// workTable is the file with the definition of a table that a build of facts makes for itself and drops.
var workTable = regexp.MustCompile(`^b[0-9]+_[a-z_]+\.sql$`)

// dropEmptyDefinitions removes the definitions of work tables that a full disk left empty: ClickHouse would not start
// because of them. Such a table was never made, as far as anybody was told, and holds nothing. The server must not be running.
func dropEmptyDefinitions(home string) error {
	paths, err := filepath.Glob(filepath.Join(home, "store", "store", "*", "*", "b*.sql"))
	if err != nil {
		return fmt.Errorf("looking for definitions of tables: %w", err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("looking at the definition of a table: %w", err)
		}
		if info.Size() > 0 || !workTable.MatchString(filepath.Base(path)) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("removing an empty definition of a table: %w", err)
		}
	}
	return nil
}
