package warehouse

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas/migrations"
)

// TestChangedSchemasMigrate adds fields and a code to a copy of the schemas. The migration that the generator writes works on
// a warehouse with rows: they stay and lack the fields, and can be taken back as long as nothing new was written. Generated
// again, there is nothing to write.
func TestChangedSchemasMigrate(t *testing.T) {
	root := copyOfSchemas(t)
	change(t, filepath.Join(root, "schemas/avro/coa_stay.avsc"), "    {\n      \"name\": \"start\",", field("reported_on", "date", "no", "")+field("floor", "text", "yes", "")+
		field("building", "code", "no", "north|south")+"    {\n      \"name\": \"start\",")
	change(t, filepath.Join(root, "schemas/avro/duo_exam.avsc"), `"geslaagd|gezakt|geen"`, `"geslaagd|gezakt|geen|vervallen"`)
	change(t, filepath.Join(root, "schemas/avro/duo_exam.avsc"), `"doc": "Result."`, `"doc": "What came of it: it's told once."`)
	before := files(t, root)
	generate(t, root)
	added := slices.DeleteFunc(files(t, root), func(name string) bool { return slices.Contains(before, name) })
	if len(added) != 1 {
		t.Fatalf("the generator wrote %v, want one migration", added)
	}
	generate(t, root)
	generate(t, root, "-check")
	if n := len(files(t, root)); n != len(before)+1 {
		t.Errorf("generated again there are %d migrations, want %d", n, len(before)+1)
	}

	db := open(t, start(t))
	_, err := db.Migrate(t.Context())
	must(t, err)
	db.script(t, rowsOf14)
	old := db.tables(t)
	all := os.DirFS(filepath.Join(root, "schemas/migrations"))
	to(t, db, all, 1<<31)
	const stays = "SELECT toString((record_id, location, reported_on, floor, building, toString(start))) FROM raw.coa_stay ORDER BY record_id"
	same(t, "the rows of before", db.lines(t, stays), []string{"('S1','AZC-1',NULL,'','','2025-01-01')", "('S2','AZC-1',NULL,'','','2025-01-01')"})
	columns := db.lines(t, "SELECT concat(name, ' ', type) FROM system.columns WHERE database = 'raw' AND table = 'coa_stay' AND position BETWEEN 8 AND 13 AND name != 'municipality_code' ORDER BY position")
	if got := strings.Join(columns, ", "); got != "location String, reported_on Nullable(Date32), floor String, building Enum8('' = 0, 'north' = 1, 'south' = 2), start Date32" {
		t.Errorf("the columns are %s", got)
	}
	must(t, db.Exec(t.Context(), "INSERT INTO raw.duo_exam (load_id, file_no, row_no, record_id, result) VALUES (9, 0, 1, 'E1', 'vervallen')"))
	provider, err := db.provider(all)
	must(t, err)
	defer provider.Close()
	if _, err := provider.Down(t.Context()); err == nil || !strings.Contains(err.Error(), "hold codes") {
		t.Errorf("a code that a row holds was taken back: %v", err)
	}
	must(t, db.Exec(t.Context(), "ALTER TABLE raw.duo_exam DELETE WHERE load_id = 9 SETTINGS mutations_sync = 2"))
	_, err = provider.Down(t.Context())
	must(t, err)
	same(t, "taken back, the tables", db.tables(t), old)
	same(t, "taken back, the stays", db.lines(t, "SELECT record_id FROM raw.coa_stay ORDER BY record_id"), []string{"S1", "S2"})
	to(t, db, all, 1<<31)
}

// TestNewRecordsMigrate has the generator write the tables of all records, as if none had landed: they are those that did.
func TestNewRecordsMigrate(t *testing.T) {
	root := copyOfSchemas(t)
	must(t, os.Remove(filepath.Join(root, "schemas/migrations/00002_raw.sql")))
	must(t, os.Remove(filepath.Join(root, "schemas/migrations/landed.sha256")))
	generate(t, root)
	db := open(t, start(t))
	_, err := db.Migrate(t.Context())
	must(t, err)
	landed := db.tables(t)
	must(t, db.Exec(t.Context(), "DROP DATABASE raw SYNC"))
	must(t, db.Exec(t.Context(), "CREATE DATABASE raw"))
	must(t, db.Exec(t.Context(), "ALTER TABLE ops.schema_version DELETE WHERE version_id > 0 SETTINGS mutations_sync = 2"))
	to(t, db, os.DirFS(filepath.Join(root, "schemas/migrations")), 1<<31)
	same(t, "written as new, the tables", db.tables(t), landed)
}

func copyOfSchemas(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	must(t, os.CopyFS(filepath.Join(root, "schemas/avro"), os.DirFS("../../schemas/avro")))
	must(t, os.CopyFS(filepath.Join(root, "schemas/contract"), os.DirFS("../../schemas/contract")))
	must(t, os.CopyFS(filepath.Join(root, "schemas/migrations"), migrations.FS))
	for _, name := range []string{"migrations/landed.sha256", "more_facts.csv"} {
		text, err := os.ReadFile("../../schemas/" + name)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(root, "schemas", name), text, 0o600))
	}
	return root
}

func change(t *testing.T, file, old, instead string) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	if strings.Count(string(text), old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(string(text), old), filepath.Base(file))
	}
	must(t, os.WriteFile(file, bytes.Replace(text, []byte(old), []byte(instead), 1), 0o600))
}

// field is one field of an Avro file.
func field(name, kind, required, values string) string {
	return `    {
      "name": "` + name + `",
      "type": ["null", "string"],
      "default": null,
      "doc": "A field of a test.",
      "column": "` + name + `",
      "kind": "` + kind + `",
      "required": "` + required + `",
      "values": "` + values + `",
      "max_chars": 20,
      "sensitivity": "person"
    },
`
}

func generate(t *testing.T, root string, more ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"run", "doorstroom/schemas/gen", "-root", root}, more...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("the generator: %v\n%s", err, out)
	}
}

func files(t *testing.T, root string) (names []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, "schemas/migrations/*.sql"))
	must(t, err)
	return names
}
