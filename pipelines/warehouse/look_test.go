package warehouse

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestDatabasesOfDBTAreOurs: what is asked about the program's databases is asked about those that dbt makes, too.
func TestDatabasesOfDBTAreOurs(t *testing.T) {
	project, err := os.ReadFile("../../dbt/dbt_project.yml")
	if err != nil {
		t.Fatal(err)
	}
	made := regexp.MustCompile(`(?m)^\s*\+schema: (\w+)$`).FindAllSubmatch(project, -1)
	if len(made) != 3 {
		t.Errorf("dbt makes %d databases, want staging, intermediate and marts", len(made))
	}
	for _, m := range made {
		if !slices.Contains(ownDatabases, string(m[1])) {
			t.Errorf("dbt makes the database %s, which is not among ours: %q", m[1], ownDatabases)
		}
	}
}
