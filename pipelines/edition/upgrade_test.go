package edition_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
	"doorstroom/schemas/migrations"
)

// TestFactsAsTextKeepsEveryRow brings over a warehouse in which the facts name
// persons in FixedString, as they did before the contract said String: the same
// rows with the same hash, in the contract's types, also when it was broken off.
func TestFactsAsTextKeepsEveryRow(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 400)
	for _, cutOff := range []string{"2026-05-31", "2026-06-30"} {
		_, err := e.facts.Build(t.Context(), day(cutOff), edition.Options{})
		must(t, err)
	}
	want, links := e.content(t), e.text(t, "SELECT toString((count(), sum(sipHash64(*)))) FROM ops.first_link")
	if len(want) != 2*len(schemas.FactTables) || strings.HasPrefix(links, "(0,") {
		t.Fatalf("there is too little to bring over: %v, first links %s", want, links)
	}
	same := func(when string) {
		t.Helper()
		if got := e.content(t); !slices.Equal(got, want) {
			t.Errorf("%s the editions are\n%v, were\n%v", when, got, want)
		}
		if got := e.text(t, "SELECT toString((count(), sum(sipHash64(*)))) FROM ops.first_link"); got != links {
			t.Errorf("%s the first links are %s, were %s", when, got, links)
		}
	}

	e.withFixedStrings(t)
	if got := e.text(t, "SELECT type FROM system.columns WHERE database = 'facts' AND table = 'job' AND name = 'employer'"); got != "FixedString(26)" {
		t.Fatalf("the warehouse is not that of before: employer is %s", got)
	}
	same("before")
	// Broken off: half of one table is copied, another has changed places.
	e.exec(t, "CREATE TABLE facts_store.person_next AS facts_store.person")
	e.exec(t, "INSERT INTO facts_store.person_next SELECT * FROM facts_store.person LIMIT 100")
	e.exec(t, "CREATE TABLE facts_store.job_next AS facts_store.job")
	e.exec(t, "INSERT INTO facts_store.job_next SELECT * FROM facts_store.job")
	e.exec(t, "EXCHANGE TABLES facts_store.job_next AND facts_store.job")
	applied, err := e.db.Migrate(t.Context())
	must(t, err)
	files, err := migrations.FS.ReadDir(".")
	must(t, err)
	since := slices.IndexFunc(files, func(f fs.DirEntry) bool { return f.Name() == "00014_facts_as_text.sql" })
	if applied != len(files)-since {
		t.Errorf("%d migrations were applied, want number 14 and the %d after it", applied, len(files)-since-1)
	}
	same("afterwards")
	for _, database := range []string{"facts", "facts_store"} {
		for _, table := range schemas.FactTables {
			for _, c := range table.Columns {
				got := e.text(t, fmt.Sprintf("SELECT replace(type, ', ', ',') FROM system.columns WHERE database = '%s' AND table = '%s' AND name = '%s'", database, table.Name, c.Name))
				if got != c.Type {
					t.Errorf("%s.%s.%s is %s, the contract has %s", database, table.Name, c.Name, got, c.Type)
				}
			}
		}
	}
	if left := e.text(t, "SELECT toString(count()) FROM system.tables WHERE name LIKE '%_next'"); left != "0" {
		t.Errorf("%s tables of the migration are left", left)
	}
}

// withFixedStrings gives the warehouse the tables of facts that it had before migration 14, with their rows.
func (e *engine) withFixedStrings(t *testing.T) {
	t.Helper()
	stored := []string{"first_link"}
	for _, table := range schemas.ContractTables {
		stored = append(stored, table.Name)
	}
	for _, name := range stored {
		e.exec(t, fmt.Sprintf("RENAME TABLE facts_store.%s TO facts_store.%[1]s_kept", name))
	}
	for _, file := range []string{"00003_facts.sql", "00006_first_link.sql"} {
		text, err := migrations.FS.ReadFile(file)
		must(t, err)
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		for statement := range strings.SplitSeq(up, ";\n") {
			if strings.TrimSpace(statement) != "" {
				e.exec(t, statement)
			}
		}
	}
	for _, name := range stored {
		e.exec(t, fmt.Sprintf("INSERT INTO facts_store.%s SELECT * FROM facts_store.%[1]s_kept", name))
		e.exec(t, fmt.Sprintf("DROP TABLE facts_store.%s_kept SYNC", name))
	}
	e.exec(t, "ALTER TABLE ops.schema_version DELETE WHERE version_id >= 14 SETTINGS mutations_sync = 2")
}
