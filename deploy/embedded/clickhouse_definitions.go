package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// martsDatabase has the only tables that are changed in place and cannot all be made again: marts of closed editions.
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

// mendEmptyDatabases sees to definitions of databases that are empty, because of which ClickHouse would not start either.
// A database whose folder of tables is there gets its definition back, which says no more than which folder that is; one
// without was being made and held nothing. The server must not be running.
func mendEmptyDatabases(home string) error {
	paths, err := filepath.Glob(filepath.Join(home, "store", "metadata", "*.sql"))
	if err != nil {
		return fmt.Errorf("looking for definitions of databases: %w", err)
	}
	for _, path := range paths {
		info, err := os.Lstat(path)
		if err != nil {
			return fmt.Errorf("looking at the definition of a database: %w", err)
		}
		if !info.Mode().IsRegular() || info.Size() > 0 {
			continue
		}
		if err := mendDatabase(path); err != nil {
			return fmt.Errorf("repairing the empty definition of a database: %w", err)
		}
	}
	return nil
}

// mendDatabase takes the id of a database from the name of the folder that its link leads to.
func mendDatabase(path string) error {
	folder, err := os.Readlink(path[:len(path)-len(".sql")])
	if errors.Is(err, fs.ErrNotExist) {
		return os.Remove(path)
	}
	if err != nil {
		return err
	}
	return writeWhole(path, "ATTACH DATABASE _ UUID '"+filepath.Base(folder)+"'\nENGINE = Atomic\n")
}

// writeWhole puts a text in the place of a file, never a part of it.
func writeWhole(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), "*.tmp")
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // there is no room for it
	}
	return err
}
