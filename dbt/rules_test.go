package dbt_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/dbt"
	"doorstroom/deploy/embedded"
)

// TestRules holds the project to dbt-bouncer.yml, and shows of a project that breaks rules that each is noticed, by the model that does.
func TestRules(t *testing.T) {
	if broken := brokenRules(t, nil); len(broken) > 0 {
		t.Errorf("rules are broken: %s", strings.Join(broken, "; "))
	}
	broken := brokenRules(t, map[string][2]string{
		"models/marts/azc_work.sql":             {"from ", "-- {{ source('facts', 'person') }} {{ ref('linkage') }}\nfrom "},
		"models/marts/linkage.yml":              {"One row per", "Rows per"},
		"models/intermediate/int_settling.yml":  {"\nunit_tests:", "\n#"},
		"models/intermediate/int_grid.yml":      {"- grain:\n          name: int_grid_grain\n          arguments:\n            columns: [edition]", "- edition_stands"},
		"models/staging/stg_link_conflict.yml":  {"description: Name of the set.", "description: ''"},
		"models/staging/stg_source_linkage.sql": {"from ", "-- {{ source('ops', 'load') }}\nfrom "},
		"models/staging/stg_first_link.sql":     {"from ", "-- {{ ref('stg_person') }}\nfrom "},
	})
	want := []string{
		"check_lineage_permitted_upstream_models: azc_work", "check_lineage_permitted_upstream_models: stg_first_link",
		"check_lineage_source_cannot_be_used: azc_work", "check_model_column_description_populated: stg_link_conflict",
		"check_model_depends_on_multiple_sources: stg_source_linkage", "check_model_description_contains_regexp_pattern: linkage",
		"check_model_has_unique_test: int_grid", "check_model_has_unit_tests: int_settling",
	}
	for _, rule := range want {
		if !slices.Contains(broken, rule) {
			t.Errorf("nobody notices %s, only %s", rule, strings.Join(broken, "; "))
		}
	}
}

// brokenRules gives the rules that a copy of the project breaks, each with the model that does, once a text of some of its files was
// replaced at its first place.
func brokenRules(t *testing.T, changes map[string][2]string) (broken []string) {
	t.Helper()
	dir := t.TempDir()
	project := filepath.Join(dir, "project")
	if err := os.CopyFS(project, dbt.Project); err != nil {
		t.Fatal(err)
	}
	for file, change := range changes {
		old := text(t, file)
		if !strings.Contains(old, change[0]) {
			t.Fatalf("%s has no %q", file, change[0])
		}
		if err := os.WriteFile(filepath.Join(project, file), []byte(strings.Replace(old, change[0], change[1], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parse(t, project, filepath.Join(dir, "target"))
	var rules []struct {
		Run string `json:"check_run_id"` // rule:number:model
	}
	if err := json.Unmarshal(judge(t, dir), &rules); err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		parts := strings.Split(rule.Run, ":")
		broken = append(broken, parts[0]+": "+parts[len(parts)-1])
	}
	return broken
}

// parse has dbt write the manifest of a project into a folder. It needs no warehouse.
func parse(t *testing.T, project, target string) {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), os.Getenv("DOORSTROOM_DBT"))
	if err != nil || tools.DBT == "" {
		t.Fatalf("dbt is not installed: run 'make tools' (%v)", err)
	}
	cmd := exec.CommandContext(t.Context(), tools.DBT, "parse", "--vars", `{"edition": "2026-06-30"}`,
		"--project-dir", project, "--profiles-dir", project, "--target-path", target, "--log-path", target)
	cmd.Env = append(os.Environ(), "DOORSTROOM_DBT_HOST=127.0.0.1", "DOORSTROOM_DBT_PORT=1", "DOORSTROOM_DBT_USER=nobody", "DBT_ENV_SECRET_DOORSTROOM_PASSWORD=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("dbt parse: %v\n%s", err, out)
	}
}

// judge holds the manifest in the folder target of dir to the rules and gives those that are broken, as JSON.
func judge(t *testing.T, dir string) []byte {
	t.Helper()
	found := filepath.Join(dir, "broken.json")
	cmd := exec.CommandContext(t.Context(), filepath.Join("..", ".tools", "lint", "bin", "dbt-bouncer"),
		"run", "--config-file", "dbt-bouncer.yml", "--output-file", found, "--output-only-failures")
	cmd.Env = append(os.Environ(), "DBT_PROJECT_DIR="+dir, "HOME="+dir)
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatalf("dbt-bouncer does not start (%v): run 'make tools'", err)
	}
	data, err := os.ReadFile(found)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return data
}
