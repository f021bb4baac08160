package dbttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/dbt"
	"doorstroom/schemas/migrations"
)

// Marts is a warehouse with the marts of 2026-06-30 of 1500 persons and of those on the bounds, and a folder with everything
// that Ask needs of them. With a folder to keep them in they are made once for the same models, migrations and facts.
func Marts(t *testing.T, keep string) (w *Warehouse, export string) {
	t.Helper()
	w = Start(t)
	export = t.TempDir()
	if keep != "" {
		export = filepath.Join(keep, sourcesOfMarts(t))
		if _, err := os.Stat(export); err == nil {
			w.restoreMarts(t, export)
			return w, export
		}
	}
	w.Deliver(t)
	w.Fill(t, "2026-06-30", "1500")
	w.Edges(t)
	w.MustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test")
	made := t.TempDir()
	exportTo(t, made, "2026-06-30", func(query string) []byte { return w.Parquet(t, query) })
	w.describeMarts(t, made)
	if keep == "" {
		return w, made
	}
	if err := os.MkdirAll(keep, 0o750); err != nil {
		t.Fatal(err)
	}
	beside := export + ".new"
	if err := os.CopyFS(beside, os.DirFS(made)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(beside, export); err != nil {
		t.Fatal(err)
	}
	return w, export
}

// sourcesOfMarts is a hash of all that marts are made of here.
func sourcesOfMarts(t *testing.T) string {
	t.Helper()
	h := sha256.New()
	fmt.Fprint(h, factsSQL, opsSQL, edgesSQL)
	for _, sources := range []fs.FS{dbt.Project, migrations.FS} {
		err := fs.WalkDir(sources, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(sources, name)
			fmt.Fprintf(h, "%s %d\n%s", name, len(text), text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// describeMarts writes beside the rows of each mart how its table is made. The control totals are exported as text and stay out.
func (w *Warehouse) describeMarts(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "marts.*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return strings.Contains(file, "control_totals") })
	for _, file := range files {
		table := strings.TrimSuffix(filepath.Base(file), ".parquet")
		var statement string
		if err := w.QueryRow(t.Context(), "SHOW CREATE TABLE "+table).Scan(&statement); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, table+".create"), []byte(statement), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// restoreMarts makes the marts of a folder.
func (w *Warehouse) restoreMarts(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.create"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no marts in %s: %v", dir, err)
	}
	w.Script(t, "CREATE DATABASE IF NOT EXISTS marts")
	for _, file := range files {
		statement, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w.Script(t, string(statement))
		rows, err := os.ReadFile(strings.TrimSuffix(file, ".create") + ".parquet")
		if err != nil {
			t.Fatal(err)
		}
		w.post(t, "INSERT INTO "+strings.TrimSuffix(filepath.Base(file), ".create")+" FORMAT Parquet", rows)
	}
}

// Parquet gives the rows of a query.
func (w *Warehouse) Parquet(t *testing.T, query string) []byte {
	t.Helper()
	return w.post(t, query+" FORMAT Parquet", nil)
}

// CSV gives the rows of a query, with a header and with nothing for NULL.
func (w *Warehouse) CSV(t *testing.T, query string) []byte {
	t.Helper()
	return w.post(t, query+" FORMAT CSVWithNames SETTINGS format_csv_null_representation = ''", nil)
}

// post sends a statement, with the rows that it inserts if there are any.
func (w *Warehouse) post(t *testing.T, statement string, rows []byte) []byte {
	t.Helper()
	address := "http://" + w.server.HTTPAddr() + "/?query=" + url.QueryEscape(statement)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, bytes.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(w.server.User(), w.server.Password())
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.300s", statement, answer.Status, err, said)
	}
	return said
}
