package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"doorstroom/schemas"
)

// TestMainJob goes the whole way as a user does: synthetic deliveries, a run, a
// second one with nothing new, another edition, and what can be asked of them.
func TestMainJob(t *testing.T) {
	t.Parallel()
	u, landing, first := finishedWarehouse(t)
	synthAgain(t, u)
	for _, text := range []string{"57 new", "0 refused", "edition 2026-06-30: built", "wages reach to", "marts of 2026-06-30"} {
		if !strings.Contains(first.out, text) {
			t.Errorf("the run does not say %q:\n%s", text, first.out)
		}
	}
	editions := u.run("editions").exits(0).out
	t.Run("deliveries", func(t *testing.T) { deliveriesAddUp(t, u.on(t)) })
	t.Run("tables", func(t *testing.T) { tablesAsInTheContract(t, u.on(t)) })
	t.Run("formats", func(t *testing.T) { formatsOfQueries(t, u.on(t)) })
	t.Run("dry run", func(t *testing.T) { dryRun(t, u.on(t), landing) })
	t.Run("nothing new", func(t *testing.T) {
		again := u.on(t).run("run", "--landing", landing, "--as-of", "2026-06-30").exits(0)
		if !strings.Contains(again.out, "0 new") || !strings.Contains(again.out, "edition 2026-06-30: unchanged") {
			t.Errorf("a second run does something:\n%s", again.out)
		}
		if got := u.on(t).run("editions").exits(0).out; got != editions {
			t.Errorf("a second run changed the facts from\n%s\nto\n%s", editions, got)
		}
	})
	u, _ = twoEditions(t)
	t.Run("another edition", func(t *testing.T) {
		u := u.on(t)
		both := u.run("editions").exits(0).out
		_, rows, _ := strings.Cut(editions, "\n")
		if !strings.HasSuffix(both, rows) || strings.Count(both, `"`+editionDay+`"`) != len(schemas.FactTables) {
			t.Errorf("with a second edition there is\n%s\nand before it\n%s", both, editions)
		}
		if n := u.value("SELECT count() FROM (SELECT edition FROM marts.cohort_by_k GROUP BY edition)"); n != "2" {
			t.Errorf("the marts hold %s editions, want both", n)
		}
	})
	t.Run("report", func(t *testing.T) { reportOf(t, u.on(t), editionDay); reportOf(t, u.on(t), laterDay) })
	t.Run("no pseudonym outside the warehouse", func(t *testing.T) { noPseudonyms(t, u.on(t), first.err) })
}

// synthAgain makes the deliveries of smallLanding by the command; they must be equal to the byte.
func synthAgain(t *testing.T, u *user) {
	t.Helper()
	landing, other := smallLanding(t), filepath.Join(t.TempDir(), "other")
	u.run("synth", "--out", other, "--persons", "300", "--seed", "1", "--as-of", laterDay).exits(0)
	if a, b := digest(t, landing), digest(t, other); a != b {
		t.Error("the same arguments of synth gave other bytes")
	}
}

// digest is that of the names and bytes of all files below a folder.
func digest(t *testing.T, dir string) string {
	t.Helper()
	hash := sha256.New()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		hash.Write(append([]byte(name+"\x00"), content...))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func deliveriesAddUp(t *testing.T, u *user) {
	for key, attempts := range u.deliveries() {
		for _, d := range attempts {
			var n [3]int
			for i, text := range []string{d.rowsInFiles, d.accepted, d.quarantined} {
				var err error
				if n[i], err = strconv.Atoi(text); err != nil {
					t.Errorf("%s counts %q", key, text)
				}
			}
			if d.status != "accepted" || n[0] != n[1]+n[2] {
				t.Errorf("%s is %+v: %d rows in files are not %d accepted and %d quarantined", key, d, n[0], n[1], n[2])
			}
		}
	}
	if n := u.value("SELECT sum(rows_accepted) - (SELECT sum(n) FROM (" + rawCounts() + ")) FROM ops.delivery FINAL"); n != "0" {
		t.Errorf("accepted rows less distinct rows in raw is %s, want 0", n)
	}
}

// tablesAsInTheContract compares columns and types with facts.csv and section 2.
func tablesAsInTheContract(t *testing.T, u *user) {
	file, err := os.Open(filepath.Join("..", "..", "schemas", "contract", "facts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, l := range lines[1:] {
		want[l[0]] = append(want[l[0]], l[1]+" "+strings.ReplaceAll(l[2], ", ", ","))
	}
	if len(want) != len(schemas.ContractTables) {
		t.Fatalf("facts.csv has %d tables, want %d", len(want), len(schemas.ContractTables))
	}
	got, names := map[string][]string{}, map[string]string{}
	for _, r := range u.run("sql", "SELECT database, table, name, type FROM system.columns WHERE database IN ('facts', 'ops') ORDER BY database, table, position").exits(0).rows() {
		got[r[0]+"."+r[1]] = append(got[r[0]+"."+r[1]], r[2]+" "+strings.ReplaceAll(r[3], ", ", ","))
		names[r[0]+"."+r[1]] += r[2] + " "
	}
	for table, columns := range want {
		if !slices.Equal(got["facts."+table], columns) {
			t.Errorf("facts.%s has\n%q, want\n%q", table, got["facts."+table], columns)
		}
	}
	for table, columns := range map[string]string{
		"ops.delivery":   "supplier delivery_id manifest_sha256 drawn_on mode status reason rows_in_files rows_accepted rows_quarantined decided_at synthetic ",
		"ops.quarantine": "supplier delivery_id record file row field rule ",
	} {
		if names[table] != columns {
			t.Errorf("%s has %q, want %q", table, names[table], columns)
		}
	}
}

// formatsOfQueries asks one question in every format.
func formatsOfQueries(t *testing.T, u *user) {
	const question = "SELECT 1 AS number, CAST(NULL AS Nullable(UInt8)) AS nothing, true AS yes, 'a\"b' AS text, toDate('2026-06-30') AS day"
	if got, want := u.run("sql", "--format", "CSV", question).exits(0).out,
		`"number","nothing","yes","text","day"`+"\n"+`1,\N,true,"a""b","2026-06-30"`+"\n"; got != want {
		t.Errorf("CSV is\n%s\nwant\n%s", got, want)
	}
	if got, want := u.run("sql", question).exits(0).out, u.run("sql", "--format", "csv", question).exits(0).out; got != want {
		t.Errorf("without a terminal the format is not CSV:\n%s", got)
	}
	var document struct{ Data []map[string]any }
	if err := json.Unmarshal([]byte(u.run("sql", "--format", "JSON", question).exits(0).out), &document); err != nil {
		t.Errorf("JSON: %v", err)
	} else if len(document.Data) != 1 || document.Data[0]["number"] != 1.0 || document.Data[0]["nothing"] != nil || document.Data[0]["yes"] != true {
		t.Errorf("JSON holds %v", document.Data)
	}
	content := []byte(u.run("sql", "--format", "Parquet", question).exits(0).out)
	if file, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content))); err != nil {
		t.Errorf("Parquet: %v", err)
	} else if file.NumRows() != 1 || len(file.Schema().Columns()) != 5 {
		t.Errorf("Parquet holds %d rows of %d columns, want 1 of 5", file.NumRows(), len(file.Schema().Columns()))
	}
	if table := u.run("sql", "--format", "table", question).exits(0).out; !strings.Contains(table, "│") || !strings.Contains(table, "2026-06-30") {
		t.Errorf("the table is\n%s", table)
	}
	for list, format := range map[string]string{"deliveries": "JSON", "quarantine": "Parquet", "editions": "table"} {
		if out := u.run(list, "--format", format).exits(0).out; out == "" {
			t.Errorf("%s --format %s prints nothing", list, format)
		}
	}
}

// dryRun asks for the plan of a run that would do something, and sees nothing change.
func dryRun(t *testing.T, u *user, landing string) {
	landed{supplier: "coa", id: "zz-new", drawnOn: "2026-06-29", mode: "mutation", files: []dataFile{{
		name: "stay.jsonl", record: "coa_stay", format: "jsonl", rows: 0, content: []byte{},
	}}}.write(t, landing)
	before := u.run("editions").exits(0).out + u.run("deliveries").exits(0).out
	plan := u.run("run", "--landing", landing, "--as-of", "2026-05-31", "--dry-run").exits(0).out
	for _, text := range []string{"load", "1 of 58", "facts", "marts", "2026-05-31"} {
		if !strings.Contains(plan, text) {
			t.Errorf("the plan does not say %q:\n%s", text, plan)
		}
	}
	if after := u.run("editions").exits(0).out + u.run("deliveries").exits(0).out; after != before {
		t.Errorf("a dry run changed\n%s\ninto\n%s", before, after)
	}
	if err := os.RemoveAll(filepath.Join(landing, "coa", "zz-new")); err != nil {
		t.Fatal(err)
	}
}

// reportOf writes a report and checks that it is one page that needs nothing else.
func reportOf(t *testing.T, u *user, edition string) {
	out := filepath.Join(t.TempDir(), "reports")
	paths := strings.Fields(u.run("report", "--edition", edition, "--out", out).exits(0).out)
	if len(paths) != 1 || filepath.Dir(paths[0]) != out {
		t.Fatalf("report prints %q, want the path of one file in %s", paths, out)
	}
	page, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"<html", "lang=\"nl\"", "intern gebruik", "<svg", "</html>"} {
		if !bytes.Contains(bytes.ToLower(page), []byte(text)) {
			t.Errorf("the report of %s does not hold %q", edition, text)
		}
	}
	for _, text := range []string{"src=\"http", "<link", "@import", "url(http"} {
		if bytes.Contains(page, []byte(text)) {
			t.Errorf("the report of %s needs something from elsewhere: %s", edition, text)
		}
	}
	if pseudonyms := pseudonymsOf(u); holdsAny(page, pseudonyms) {
		t.Errorf("the report of %s holds a pseudonym", edition)
	}
}

// pseudonymsOf gives those of all persons.
func pseudonymsOf(u *user) (list []string) {
	u.t.Helper()
	for _, r := range u.run("sql", "SELECT DISTINCT substring(person_id, 2) FROM facts.person").exits(0).rows() {
		list = append(list, r[0])
	}
	if len(list) < 200 {
		u.t.Fatalf("only %d persons", len(list))
	}
	return list
}

func holdsAny(content []byte, list []string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return bytes.Contains(content, []byte(s)) })
}

// noPseudonyms looks for real pseudonyms in what the run said, in every log
// below the data folder and in file names, dbt's working files included.
func noPseudonyms(t *testing.T, u *user, said string) {
	list := pseudonymsOf(u)
	if holdsAny([]byte(said), list) {
		t.Error("the error stream of the run holds a pseudonym")
	}
	logs := 0
	err := filepath.WalkDir(u.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if holdsAny([]byte(d.Name()), list) {
			t.Error("a file name below the data folder holds a pseudonym")
		}
		isDBT := strings.Contains(path, string(filepath.Separator)+"dbt"+string(filepath.Separator))
		if d.IsDir() || !isDBT && !strings.Contains(d.Name(), ".log") {
			return nil
		}
		content, err := os.ReadFile(path)
		if holdsAny(content, list) {
			t.Errorf("%s holds a pseudonym", path)
		}
		logs++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if logs == 0 {
		t.Error("no log was found below the data folder")
	}
}
