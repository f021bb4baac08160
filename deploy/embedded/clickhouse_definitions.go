package embedded

import (
	"fmt"
	"os"
	"path/filepath"
)

// martsDatabase has the only tables that are changed in place and cannot all be made anew: marts of closed editions.
const martsDatabase = "marts"

// dropEmptyDefinitions removes the definitions of tables and views that a full disk left empty: ClickHouse would not start
// because of them. They were being made, and nobody was told that they are there; who needs them makes them again. Those of
// marts stay, because one of them may have been changed, with rows in it. The server must not be running.
func dropEmptyDefinitions(home string) error {
	// A database has a link to the folder of its definitions.
	paths, err := filepath.Glob(filepath.Join(home, "store", "metadata", "*", "*.sql"))
	if err != nil {
		return fmt.Errorf("looking for definitions of tables: %w", err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("looking at the definition of a table: %w", err)
		}
		if info.Size() > 0 || filepath.Base(filepath.Dir(path)) == martsDatabase {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("removing an empty definition of a table: %w", err)
		}
	}
	return nil
}
