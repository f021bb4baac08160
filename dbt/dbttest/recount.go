package dbttest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
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
}

// Recount counts every mart of an edition (yyyy-mm-dd) once more, in another engine and by SQL that was written from the
// definitions and not from the models. No marts of another edition may be there. The subtest of a mart fails for every cell that is not the same. export gives the rows of a
// query as Parquet. The expected values come from the facts, whose own reference is pipelines/route/reference.
func Recount(t *testing.T, edition string, export func(query string) []byte) {
	t.Helper()
	dir := t.TempDir()
	for name, query := range recounted(t) {
		if name != "ops.delivery" && name != "ops.quarantine" && !strings.HasPrefix(name, "marts.") {
			query += " WHERE edition = '" + edition + "'" // which deliveries count, and that a mart has no other edition, is for the recount to say
		}
		if err := os.WriteFile(filepath.Join(dir, name+".parquet"), export(query), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(dir, recount); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), pythonWithDuckDB(t), filepath.Join(dir, "recount", "recount.py"), dir, edition)
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("counting the marts of %s again: %v\n%s", edition, err, problem.String())
	}
	var differences map[string][]string
	if err := json.Unmarshal(out, &differences); err != nil {
		t.Fatal(err)
	}
	for mart, lines := range differences {
		t.Run(mart, func(t *testing.T) {
			if len(lines) > 0 {
				t.Error(strings.Join(lines, "\n"))
			}
		})
	}
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

// pythonWithDuckDB is the Python beside whose packages make put DuckDB.
func pythonWithDuckDB(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		python := filepath.Join(dir, ".tools", "writers", "bin", "python")
		if _, err := os.Stat(python); err == nil {
			return python
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("DuckDB is not installed: run 'make tools'")
		}
	}
}

// Parquet gives the rows of a query.
func (w *Warehouse) Parquet(t *testing.T, query string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+w.server.HTTPAddr()+"/?default_format=Parquet", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(w.server.User(), w.server.Password())
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	rows, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.300s", query, answer.Status, err, rows)
	}
	return rows
}
