package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSourcesAreFresh fails when the columns of facts changed and dbt's source was not generated again.
func TestSourcesAreFresh(t *testing.T) {
	contract, more, err := factFiles("../..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../dbt/models/staging/_facts__sources.yml")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != factsSource(slices.Concat(contract, more)) {
		t.Error("dbt's source of facts is stale: run go generate ./schemas")
	}
}

// TestMoreFactsLand: all tables beside the contract's have landed; a new one gets a table and a view; one that landed may not change.
func TestMoreFactsLand(t *testing.T) {
	_, more, err := factFiles("../..")
	if err != nil {
		t.Fatal(err)
	}
	landed, err := readMigrations("../migrations")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := missingFacts(more, landed); err != nil || len(s.up) > 0 {
		t.Errorf("a migration would be written: %v %v", s.up, err)
	}
	before := slices.DeleteFunc(slices.Clone(landed), func(m migration) bool { return strings.Contains(m.text, "facts_store.mbo") })
	s, err := missingFacts(more, before)
	if err != nil || len(s.up) != 10 || !strings.Contains(s.up[0], "facts_store.participation") || !strings.Contains(s.up[1], "VIEW facts.participation") ||
		!strings.Contains(s.down[0], "DROP VIEW IF EXISTS facts.contract_conversion") {
		t.Errorf("of five tables that are missing it makes %d: %v", len(s.up), err)
	}
	changed := slices.Clone(more)
	changed[3].kind = "String"
	if _, err := missingFacts(changed, landed); err == nil || !strings.Contains(err.Error(), "table participation of schemas/more_facts.csv landed") {
		t.Errorf("another type of a column that landed: %v", err)
	}
	if _, err := readFactColumns(strings.NewReader("table,column,type,definition\nunheard_of,edition,Date,\n")); err == nil || !strings.Contains(err.Error(), "no grain") {
		t.Errorf("a table that nobody describes: %v", err)
	}
}

// TestEditionViewsLand: each table of facts has its two views in what has landed, and gets new ones when its columns change.
func TestEditionViewsLand(t *testing.T) {
	contract, more, err := factFiles("../..")
	if err != nil {
		t.Fatal(err)
	}
	landed, err := readMigrations("../migrations")
	if err != nil {
		t.Fatal(err)
	}
	columns := slices.Concat(contract, more)
	if s := missingViews(columns, landed); len(s.up) > 0 {
		t.Errorf("a migration would be written: %v", s.up)
	}
	columns[1].definition = "somebody"
	s := missingViews(columns, landed)
	if len(s.up) != 3 || !strings.HasPrefix(s.up[0], "CREATE OR REPLACE VIEW facts.person\n") ||
		!strings.HasPrefix(s.up[1], "CREATE OR REPLACE VIEW latest.person\n") || !strings.HasPrefix(s.up[2], "CREATE OR REPLACE VIEW as_of.person\n") ||
		len(s.down) != 3 || !slices.Equal(s.down[:2], []string{"DROP VIEW IF EXISTS as_of.person", "DROP VIEW IF EXISTS latest.person"}) ||
		!strings.HasPrefix(s.down[2], "CREATE OR REPLACE VIEW facts.person\n") || !strings.Contains(s.down[2], "smallest V pseudonym") {
		t.Errorf("with another word for a column of person it makes %v, and takes back %v", s.up, s.down)
	}
	if s := missingViews(nil, nil); len(s.up) != 3 || !strings.Contains(s.up[0], "DATABASE IF NOT EXISTS latest") {
		t.Errorf("without tables it makes %v", s.up)
	}
}
