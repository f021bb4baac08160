package dbt_test

import (
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
