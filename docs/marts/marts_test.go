package marts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPages: every mart of dbt has a page, and nothing else has one.
func TestPages(t *testing.T) {
	models, err := filepath.Glob("../../dbt/models/marts/*.sql")
	if err != nil || len(models) == 0 {
		t.Fatal(err, len(models))
	}
	if names := Names(); len(names) != len(models) {
		t.Errorf("%d pages, want %d: %q", len(names), len(models), names)
	}
	for _, model := range models {
		name := strings.TrimSuffix(filepath.Base(model), ".sql")
		text, ok := Page(name)
		if !ok || !strings.HasPrefix(text, "# "+name+"\n") {
			t.Errorf("%s has no page", name)
		}
		definition, err := os.ReadFile(strings.TrimSuffix(model, ".sql") + ".yml")
		if err != nil {
			t.Fatal(err)
		}
		if question, err := Question(name); err != nil || !strings.Contains(string(definition), question) {
			t.Errorf("%s answers %q, %v", name, question, err)
		}
	}
	for _, no := range []string{"README", "nothing", "../questions"} {
		if _, ok := Page(no); ok {
			t.Errorf("%s has a page", no)
		}
	}
}
