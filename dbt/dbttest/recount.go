package dbttest

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/dbt"
	"doorstroom/schemas"
)

//go:embed recount
var recount embed.FS

// Sums of 128 bits and what was left out of them are exported as text: Parquet has no such number, and no order in a map.
const (
	removedText = "arrayStringConcat(arrayMap((name, rows) -> concat(name, '=', toString(rows)), mapKeys(mapSort(removed)), mapValues(mapSort(removed))), ' ') AS removed"
	totalsText  = "toString(total_from) AS total_from, toString(total_to) AS total_to, toString(allowance) AS allowance, " + removedText
)

// opsOfMarts are the tables of ops that marts are made of, each as it is read.
var opsOfMarts = map[string]string{
	"delivery": "SELECT * FROM ops.delivery FINAL", "quarantine": "SELECT * FROM ops.quarantine", "edition": "SELECT * FROM ops.edition FINAL",
	"source_linkage": "SELECT * FROM ops.source_linkage", "contradiction": "SELECT * FROM ops.contradiction", "first_link": "SELECT * FROM ops.first_link",
	"edition_total": "SELECT * REPLACE (" + totalsText + ") FROM ops.edition_total",
	"supplier":      "SELECT arrayJoin(['" + strings.Join(schemas.Suppliers, "', '") + "']) AS supplier", // no table: the contract's list
}

// Recount counts every mart of an edition (yyyy-mm-dd) once more, in another engine and by SQL that was written from the
// definitions and not from the models. No marts of another edition may be there. The subtest of a mart fails for every cell
// that is not the same. export gives the rows of a query as Parquet. The expected values come from the facts, whose own
// reference is pipelines/route/reference.
func Recount(t *testing.T, edition string, export func(query string) []byte) {
	t.Helper()
	var differences map[string][]string
	dir := t.TempDir()
	exportTo(t, dir, edition, export)
	recountWith(t, &differences, "recount.py", dir, edition)
	for mart, lines := range differences {
		t.Run(mart, func(t *testing.T) {
			if len(lines) > 0 {
				t.Error(strings.Join(lines, "\n"))
			}
		})
	}
}

// Answer is what DuckDB says to a question: rows of cells, with the name and the type of each column.
type Answer struct {
	Columns, Kinds []string
	Rows           [][]any
}

// Ask puts questions about an edition (yyyy-mm-dd), which are the SQL files of a folder, to another engine that has its facts
// and its marts as Recount counts them, from the folder export that Marts gives. Questions find files of the folder reference
// by the variable of that name.
func Ask(t *testing.T, edition, folder, reference, export string) map[string]Answer {
	t.Helper()
	var answers map[string]Answer
	recountWith(t, &answers, "query.py", export, edition, folder, reference)
	return answers
}

// exportTo writes the tables of an edition into a folder.
func exportTo(t *testing.T, dir, edition string, export func(query string) []byte) {
	t.Helper()
	for name, query := range recounted(t) {
		if name != "ops.delivery" && name != "ops.quarantine" && name != "ops.supplier" && !strings.HasPrefix(name, "marts.") {
			query += " WHERE edition = '" + edition + "'" // which deliveries count, and that a mart has no other edition, is for the recount to say
		}
		if err := os.WriteFile(filepath.Join(dir, name+".parquet"), export(query), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// recountWith runs a program on a folder that exportTo wrote, and reads the JSON that it prints.
func recountWith(t *testing.T, found any, program, export string, args ...string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, recount); err != nil {
		t.Fatal(err)
	}
	runPython(t, found, "writers", append([]string{filepath.Join(dir, "recount", program), export}, args...)...)
}

// recounted are the queries of the tables to export, by file.
func recounted(t *testing.T) map[string]string {
	t.Helper()
	queries := map[string]string{}
	for _, table := range schemas.FactTables {
		queries["facts."+table.Name] = "SELECT * FROM facts." + table.Name
	}
	for table, query := range opsOfMarts {
		queries["ops."+table] = query
	}
	models, err := fs.Glob(dbt.Project, "models/marts/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range models {
		mart := strings.TrimSuffix(path.Base(model), ".sql")
		columns := "*"
		if mart == "control_totals" {
			columns = fmt.Sprintf("* REPLACE (%s, toString(difference) AS difference)", totalsText)
		}
		queries["marts."+mart] = "SELECT " + columns + " FROM marts." + mart
	}
	return queries
}
