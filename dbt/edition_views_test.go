package dbt_test

import (
	"testing"

	"doorstroom/dbt/dbttest"
)

// viewsCountOneEdition wants of every mart, and of facts, what one of two editions has: the latest that is complete, or
// the one that was on a day.
func viewsCountOneEdition(t *testing.T, w *dbttest.Warehouse) {
	complete := func(edition, project string) {
		w.Script(t, "INSERT INTO ops.mart_build (edition, build, project) VALUES ('"+edition+"', 1, '"+project+"')")
	}
	same := func(view func(string) string, edition string) {
		t.Helper()
		for _, mart := range marts {
			seen := w.Number(t, "SELECT sum(sipHash64(toJSONString(tuple(*)))) FROM "+view(mart))
			want := w.Number(t, "SELECT sum(sipHash64(toJSONString(tuple(*)))) FROM marts."+mart+" WHERE edition = '"+edition+"'")
			if seen != want {
				t.Errorf("%s does not show the rows of %s", view(mart), edition)
			}
		}
	}
	latest := func(mart string) string { return "latest." + mart }
	asOf := func(day string) func(string) string {
		return func(mart string) string { return "as_of." + mart + "(date = '" + day + "')" }
	}

	complete("2026-05-31", "a hash")
	same(latest, "2026-05-31") // the marts of 2026-06-30 are under way
	complete("2026-06-30", "a hash")
	same(latest, "2026-06-30")
	same(asOf("2026-06-29"), "2026-05-31")
	same(asOf("2026-07-15"), "2026-06-30")
	complete("2026-06-30", "") // and are made again
	same(latest, "2026-05-31")

	for query, want := range map[string]uint64{
		"SELECT count() FROM latest.person":                                                                                                500,
		"SELECT count() FROM as_of.person(date = '2026-06-15')":                                                                            400,
		"SELECT count() FROM as_of.person(date = '2026-05-30')":                                                                            0,
		"SELECT count() FROM as_of.cohort_by_k(date = '2026-05-30')":                                                                       0,
		"SELECT count() FROM system.columns WHERE database IN ('facts', 'latest') AND comment = ''":                                        0,
		"SELECT count() FROM system.tables WHERE database = 'latest' AND comment = ''":                                                     0,
		"SELECT count() FROM system.tables WHERE database = 'facts' AND name IN (SELECT name FROM system.tables WHERE database = 'marts')": 0, // no name twice
	} {
		if n := w.Number(t, query); n != want {
			t.Errorf("%s\ngives %d, want %d", query, n, want)
		}
	}
}
