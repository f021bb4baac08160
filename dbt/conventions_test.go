package dbt_test

import (
	"regexp"
	"strings"
	"testing"
)

var (
	refs    = regexp.MustCompile(`\b(ref|source)\('([^']+)'`)
	grained = regexp.MustCompile(`One\s+row\s+per`)
	// middles are taken over the rows that are there: of waits, over those that have ended.
	middles = regexp.MustCompile(`(?i)\b(quantile|quartile|median|avg|stddev|var(pop|samp))\w*\s*\(`)
)

// TestModelsFollowTheHouse: one .sql and one .yml per model, of the same name and described down to its grain; staging reads
// sources only, and nothing else reads them.
func TestModelsFollowTheHouse(t *testing.T) {
	for _, model := range models(t) {
		if !strings.HasSuffix(model.file, "/"+model.Name) {
			t.Errorf("%s.yml describes %s", model.file, model.Name)
		}
		if !grained.MatchString(model.Description) {
			t.Errorf("the description of %s does not tell its grain", model.Name)
		}
		for _, ref := range refs.FindAllStringSubmatch(text(t, model.file+".sql"), -1) {
			if (ref[1] == "source") != (model.layer() == "staging") {
				t.Errorf("%s of layer %s reads %s %s", model.Name, model.layer(), ref[1], ref[2])
			}
		}
	}
}

// TestMartsFollowTheHouse: every mart is in the list that the other tests go by, has a type and a description of every column,
// a test of its grain, a unit test with rows, and what its page needs.
func TestMartsFollowTheHouse(t *testing.T) {
	listed := map[string]bool{}
	for _, mart := range marts {
		listed[mart] = true
	}
	for _, model := range models(t) {
		if model.layer() != "marts" {
			continue
		}
		if !listed[model.Name] {
			t.Errorf("mart %s is missing from the list of marts", model.Name)
		}
		for _, column := range model.Columns {
			if column.DataType == "" || column.Description == "" {
				t.Errorf("column %s of %s lacks its type or its description", column.Name, model.Name)
			}
		}
		for _, part := range []string{"- grain:", "unit_tests:", "expect:", "question:", "traps:", "example:"} {
			if !strings.Contains(text(t, model.file+".yml"), part) {
				t.Errorf("%s.yml has no %q", model.file, part)
			}
		}
		delete(listed, model.Name)
	}
	for mart := range listed {
		t.Errorf("the list of marts has %s, which no model makes", mart)
	}
}

// TestDescriptionsStandOnce: what several columns say of themselves is a docs block, so that all of them change together; one that nobody
// uses goes.
func TestDescriptionsStandOnce(t *testing.T) {
	of, used := map[string]string{}, map[string]bool{}
	for _, model := range models(t) {
		for _, column := range model.Columns {
			if name := column.block(); name != "" {
				used[name] = true
				continue
			}
			place := model.Name + "." + column.Name
			if before := of[column.Description]; before != "" && column.Description != "" {
				t.Errorf("%s and %s have the same description: make it a docs block in models/columns.md", before, place)
			}
			of[column.Description] = place
		}
	}
	for name := range docsBlocks(t) {
		if !used[name] {
			t.Errorf("no column uses the docs block %s", name)
		}
	}
}

// TestNoFigureLeavesOutWhoStillWaits: a median of the waits that have ended falls with every younger cohort, because of
// that one only the quick waits are over. The curve of waiting_time counts those who still wait.
func TestNoFigureLeavesOutWhoStillWaits(t *testing.T) {
	for _, file := range append(projectFiles(t, "models/*/*.sql"), projectFiles(t, "macros/*.sql")...) {
		if found := middles.FindString(text(t, file)); found != "" {
			t.Errorf("%s has %q: take the wait to waiting_time, by docs/decisions/waits-by-kaplan-meier.md", file, found)
		}
	}
}
