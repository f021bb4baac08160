package dbt_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"doorstroom/dbt"
)

var (
	refs    = regexp.MustCompile(`\b(ref|source)\('([^']+)'`)
	grained = regexp.MustCompile(`description:[^|]*?One\s+row\s+per`)
	// middles are taken over the rows that are there: of waits, over those that have ended.
	middles = regexp.MustCompile(`(?i)\b(quantile|quartile|median|avg|stddev|var(pop|samp))\w*\s*\(`)
)

// TestModelsFollowTheHouse: one .sql and one .yml per model, described down to its grain; staging reads sources only,
// nothing else reads them, and every mart has a contract's columns and a test of its grain.
func TestModelsFollowTheHouse(t *testing.T) {
	models, err := fs.Glob(dbt.Project, "models/*/*.sql")
	if err != nil || len(models) == 0 {
		t.Fatalf("models: %v, %v", models, err)
	}
	for _, model := range models {
		layer := path.Base(path.Dir(model))
		sql, err := dbt.Project.ReadFile(model)
		if err != nil {
			t.Fatal(err)
		}
		yml, err := dbt.Project.ReadFile(strings.TrimSuffix(model, ".sql") + ".yml")
		if err != nil {
			t.Errorf("%s is not described: %v", model, err)
			continue
		}
		if !grained.Match(yml) {
			t.Errorf("the description of %s does not tell its grain", model)
		}
		if layer == "marts" && (!strings.Contains(string(yml), "- grain:") || !strings.Contains(string(yml), "data_type:")) {
			t.Errorf("%s lacks a contract or a test of its grain", model)
		}
		for _, ref := range refs.FindAllStringSubmatch(string(sql), -1) {
			if (ref[1] == "source") != (layer == "staging") {
				t.Errorf("%s of layer %s reads %s %s", model, layer, ref[1], ref[2])
			}
		}
	}
}

// TestControlTotalsWaitForAllMarts: a mart that it does not wait for could still be of an earlier build when it says that all stand.
func TestControlTotalsWaitForAllMarts(t *testing.T) {
	sql, err := dbt.Project.ReadFile("models/marts/control_totals.sql")
	if err != nil {
		t.Fatal(err)
	}
	waits := map[string]bool{"control_totals": true}
	for _, ref := range refs.FindAllStringSubmatch(string(sql), -1) {
		waits[ref[2]] = true
	}
	for _, mart := range marts {
		if !waits[mart] {
			t.Errorf("control_totals does not wait for %s", mart)
		}
	}
	models, err := fs.Glob(dbt.Project, "models/marts/*.sql")
	if err != nil || len(models) != len(marts) {
		t.Errorf("there are %d marts, and the list of them has %d: %v", len(models), len(marts), err)
	}
}

// TestNoFigureLeavesOutWhoStillWaits: a median of the waits that have ended falls with every younger cohort, because of
// that one only the quick waits are over. The curve of waiting_time counts those who still wait.
func TestNoFigureLeavesOutWhoStillWaits(t *testing.T) {
	for _, pattern := range []string{"models/*/*.sql", "macros/*.sql"} {
		files, err := fs.Glob(dbt.Project, pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			sql, err := dbt.Project.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if found := middles.Find(sql); found != nil {
				t.Errorf("%s has %q: take the wait to waiting_time, by docs/decisions/waits-by-kaplan-meier.md", file, found)
			}
		}
	}
}
