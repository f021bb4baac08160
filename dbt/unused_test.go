package dbt_test

import (
	"regexp"
	"strings"
	"testing"
)

var (
	defined = regexp.MustCompile(`\{% (?:macro|test) (\w+)`)
	// A select's last word of a line names a column.
	selected = regexp.MustCompile(`(?m)^ {4}(?:\S.*\bas )?(\w+),?$`)
)

// byDBT are the macros that dbt itself calls.
var byDBT = map[string]bool{"generate_schema_name": true}

// TestNothingIsUnused: every macro, every model that is no mart, and every column of staging is used somewhere else.
func TestNothingIsUnused(t *testing.T) {
	texts := map[string]string{"dbt_project.yml": text(t, "dbt_project.yml")}
	for _, pattern := range []string{"macros/*.sql", "models/*/*.sql", "models/*/*.yml", "tests/*.sql"} {
		for _, file := range projectFiles(t, pattern) {
			texts[file] = text(t, file)
		}
	}
	for file, content := range texts {
		for _, macro := range defined.FindAllStringSubmatch(content, -1) {
			if !byDBT[macro[1]] && wordIn(texts, macro[1], "") < 2 {
				t.Errorf("nothing uses macro %s of %s", macro[1], file)
			}
		}
	}
	for _, model := range models(t) {
		if model.layer() != "marts" && wordIn(texts, model.Name, model.file) == 0 {
			t.Errorf("nothing reads model %s", model.Name)
		}
		if model.layer() != "staging" {
			continue
		}
		for _, column := range selected.FindAllStringSubmatch(texts[model.file+".sql"], -1) {
			if wordIn(texts, column[1], model.file) == 0 {
				t.Errorf("nothing reads column %s of %s", column[1], model.Name)
			}
		}
	}
}

// wordIn counts a word in all texts but the .sql and the .yml of one model, and the sources.
func wordIn(texts map[string]string, word, except string) (n int) {
	whole := regexp.MustCompile(`\b` + word + `\b`)
	for file, content := range texts {
		if file == except+".sql" || file == except+".yml" || strings.HasSuffix(file, "_sources.yml") {
			continue
		}
		n += len(whole.FindAllString(content, -1))
	}
	return n
}
