package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
)

// withInput runs a command that reads from standard input.
func (u *user) withInput(input string, args ...string) ended {
	u.t.Helper()
	cmd := u.command(args...)
	cmd.Stdin = strings.NewReader(input)
	return u.finish(cmd)
}

// searchTables names the stored tables of all databases that hold one of the pseudonyms, as text or as bytes, in any column.
func searchTables(u *user, pseudonyms ...string) (found []string) {
	u.t.Helper()
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		rows, err := e.Warehouse.Query(ctx, "SELECT database || '.' || name FROM system.tables WHERE database NOT IN ('INFORMATION_SCHEMA', 'information_schema') "+
			"AND (engine LIKE '%MergeTree' OR engine = 'Memory' OR database = 'system' AND name = 'mutations')")
		if err != nil {
			return err
		}
		defer rows.Close()
		var tables []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			tables = append(tables, name)
		}
		for _, table := range tables {
			for _, form := range forms(pseudonyms...) {
				var n uint64
				query := fmt.Sprintf("SELECT count() FROM %s AS t WHERE arrayExists(c -> position(c, unhex('%x')) > 0, [toString(tuple(t.*)), formatRow('RowBinary', t.*)])", table, form)
				if err := e.Warehouse.QueryRow(ctx, query).Scan(&n); err != nil {
					return fmt.Errorf("search %s: %w", table, err)
				}
				if n > 0 {
					found = append(found, table)
					break
				}
			}
		}
		return nil
	})
	return found
}

// searchFiles names the files of a folder that hold one of the pseudonyms as they are: those of ClickHouse are
// compressed, and searchTables asks it instead.
func searchFiles(t *testing.T, dir string, pseudonyms ...string) (found []string) {
	t.Helper()
	wanted := forms(pseudonyms...)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, form := range wanted {
			if bytes.Contains(content, form) {
				relative, err := filepath.Rel(dir, path)
				found = append(found, relative)
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
