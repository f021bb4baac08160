package dbt_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
)

// everythingHasAComment wants a comment of database marts, of each of its tables and of each column, after any number of editions.
func everythingHasAComment(t *testing.T, w *dbttest.Warehouse) {
	for what, query := range map[string]string{
		"databases": "SELECT count() FROM system.databases WHERE name = 'marts' AND comment = ''",
		"tables":    "SELECT count() FROM system.tables WHERE database = 'marts' AND comment = ''",
		"columns":   "SELECT count() FROM system.columns WHERE database = 'marts' AND comment = ''",
	} {
		if n := w.Number(t, query); n != 0 {
			t.Errorf("%d %s of marts have no comment", n, what)
		}
	}
	const described = "SELECT count() FROM system.columns WHERE database = 'marts' AND name = 'edition' AND comment = 'Cut-off day of the edition.'"
	if n := w.Number(t, described); n != uint64(len(marts)) {
		t.Errorf("the comment of column edition stands in %d marts, want all %d", n, len(marts))
	}
}

// viewsAreDescribed holds the description of every model that is no mart to the columns that its view has; those of marts have a contract.
func viewsAreDescribed(t *testing.T, w *dbttest.Warehouse) {
	for _, model := range models(t) {
		if model.layer() == "marts" {
			continue
		}
		var described, has []string
		for _, column := range model.Columns {
			described = append(described, column.Name)
		}
		query := "SELECT groupArray(name) FROM (SELECT name FROM system.columns WHERE database = ? AND table = ? ORDER BY position)"
		if err := w.QueryRow(t.Context(), query, model.layer(), model.Name).Scan(&has); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(described, has) {
			t.Errorf("%s.yml describes the columns %v, and the view has %v", model.Name, described, has)
		}
	}
}

// examplesHaveAnswers asks the example of every mart's page.
func examplesHaveAnswers(t *testing.T, w *dbttest.Warehouse) {
	for _, model := range models(t) {
		if model.layer() != "marts" {
			continue
		}
		if n := w.Number(t, "SELECT count() FROM ("+model.Config.Meta.Example+")"); n == 0 {
			t.Errorf("the example of %s has no answer", model.Name)
		}
	}
}

// questionsHaveAnswers asks every query of docs/questions.md: each is of one mart and names the edition.
func questionsHaveAnswers(t *testing.T, w *dbttest.Warehouse) {
	page, err := os.ReadFile("../docs/questions.md")
	if err != nil {
		t.Fatal(err)
	}
	queries := regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(queries) != 10 {
		t.Errorf("the page has %d queries, want ten", len(queries))
	}
	for _, q := range queries {
		if n := len(regexp.MustCompile(`\bmarts\.\w+`).FindAllString(q[1], -1)); n != 1 || !strings.Contains(q[1], "edition = '") {
			t.Errorf("a query names %d marts, or no edition:\n%s", n, q[1])
		}
		if n := w.Number(t, "SELECT count() FROM ("+q[1]+")"); n == 0 {
			t.Errorf("a question has no answer:\n%s", q[1])
		}
	}
}
