package dbt_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
)

// marts are all tables that a build makes, by the names that the report and analysts use.
var marts = []string{
	"azc_work", "azc_work_by_year", "bijstand_by_month", "bijstand_exit", "bijstand_exit_by_region", "cohort_by_k", "contract_conversion_by_year",
	"control_totals", "data_quality", "data_quality_by_supplier", "deliveries", "editions", "employed_after_valuation", "job_after_settling",
	"job_by_sector", "link_history", "linkage", "mbo_by_year", "milestone_by_cohort", "milestone_by_month", "participation_by_year", "permit_outcome",
	"person_linkage", "quarantine_by_rule", "settling_by_year", "stage_by_month", "startbaan_by_month", "time_to_event", "transition_by_period",
	"valuation_by_kind", "valuation_by_level", "valuation_wait", "waiting_time", "work_by_k", "work_by_month", "work_by_nationality",
	"work_permit_by_year",
}

// contents is, per mart, rows and a hash of the edition's rows.
func contents(t *testing.T, w *dbttest.Warehouse, edition string) map[string][2]uint64 {
	t.Helper()
	found := map[string][2]uint64{}
	for _, mart := range marts {
		from := " FROM marts." + mart + " WHERE edition = '" + edition + "'"
		found[mart] = [2]uint64{w.Number(t, "SELECT count()"+from), w.Number(t, "SELECT sum(sipHash64(toJSONString(tuple(*))))"+from)}
	}
	return found
}

// TestBuild builds two editions, with every data test and unit test, and holds that a build replaces its own edition only.
func TestBuild(t *testing.T) {
	w := dbttest.Start(t)
	w.Deliver(t)
	w.Fill(t, "2026-05-31", "400")
	w.Fill(t, "2026-06-30", "500")
	w.MustBuild(t, "2026-05-31")
	before := contents(t, w, "2026-05-31")
	for mart, rows := range before {
		if rows[0] == 0 {
			t.Errorf("mart %s is empty", mart)
		}
	}

	w.MustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test")
	if after := contents(t, w, "2026-05-31"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("building another edition changed this one:\n%v\n%v", before, after)
	}
	if n := w.Number(t, "SELECT persons FROM marts.editions WHERE edition = '2026-06-30'"); n != 500 {
		t.Errorf("edition 2026-06-30 has %d persons, want 500", n)
	}
	if n := w.Number(t, "SELECT count() FROM marts.deliveries WHERE edition = '2026-05-31' AND outcome = 'held'"); n != 1 {
		t.Errorf("%d deliveries are held, want 1", n)
	}
	if n := w.Number(t, "SELECT count() FROM system.databases WHERE name IN ('staging', 'intermediate', 'marts')"); n != 3 {
		t.Errorf("%d of the databases staging, intermediate and marts are there", n)
	}

	t.Run("examples have answers", func(t *testing.T) { examplesHaveAnswers(t, w) })
	t.Run("questions have answers", func(t *testing.T) { questionsHaveAnswers(t, w) })
	t.Run("views are described", func(t *testing.T) { viewsAreDescribed(t, w) })
	t.Run("everything has a comment", func(t *testing.T) { everythingHasAComment(t, w) })
	t.Run("views count one edition", func(t *testing.T) { viewsCountOneEdition(t, w) })
	t.Run("again with nothing left of a mart", func(t *testing.T) {
		w.Script(t, "DELETE FROM ops.slice_linkage WHERE build = toUInt32(toDate('2026-05-31'))")
		w.Script(t, "DELETE FROM ops.slice_contradiction WHERE build = toUInt32(toDate('2026-05-31'))")
		w.Script(t, "DELETE FROM ops.control_total WHERE build = toUInt32(toDate('2026-05-31')) AND step = 'effective to persons'")
		w.MustBuild(t, "2026-05-31", "--exclude-resource-type", "unit_test")
		after := contents(t, w, "2026-05-31")
		for _, mart := range []string{"linkage", "data_quality_by_supplier"} {
			if after[mart][0] != 0 {
				t.Errorf("mart %s keeps %d rows of an edition that has none", mart, after[mart][0])
			}
			after[mart] = before[mart]
		}
		after["control_totals"] = before["control_totals"] // it tells of the records that are gone
		if fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("the same facts gave other marts:\n%v\n%v", before, after)
		}
	})
	t.Run("control totals name the place", func(t *testing.T) { differencesAreNamed(t, w, "2026-06-30") })
	t.Run("a hole in the facts is found", func(t *testing.T) {
		w.Script(t, `DELETE FROM facts_store.month_status WHERE edition = '2026-06-30' AND month = '2020-05-01'`)
		out, err := w.DBT(t, "test", "--select", "test_type:singular", "--vars", `{"edition": "2026-06-30"}`)
		if err == nil || !strings.Contains(out, "months_of_a_person_have_no_gap") {
			t.Errorf("error = %v\n%s", err, out)
		}
		if out, err := w.DBT(t, "build", "--exclude-resource-type", "unit_test", "--vars", `{"edition": "2026-06-30"}`); err == nil {
			t.Errorf("marts were built of it:\n%s", out)
		}
	})
	t.Run("no edition given", func(t *testing.T) {
		out, err := w.DBT(t, "parse")
		if err == nil || !strings.Contains(out, "no edition given") {
			t.Errorf("error = %v\n%s", err, out)
		}
	})
}

// differencesAreNamed plants differences in facts, in a table that a mart is made of and in a mart, and wants each to
// fail the build and be the only place that control_totals names.
func differencesAreNamed(t *testing.T, w *dbttest.Warehouse, edition string) {
	for _, c := range []struct{ plant, undo, made, want string }{
		{
			"ALTER TABLE facts_store.month_status UPDATE wage_sv_cents = wage_sv_cents + 1 WHERE edition = '" + edition + "' AND working AND month = '2024-05-01' SETTINGS mutations_sync = 2",
			"ALTER TABLE facts_store.month_status UPDATE wage_sv_cents = wage_sv_cents - 1 WHERE edition = '" + edition + "' AND working AND month = '2024-05-01' SETTINGS mutations_sync = 2",
			"control_totals", "facts as built to facts, month_status: wages, euro cents",
		},
		{
			"CREATE TABLE work.kept ENGINE = Memory AS SELECT * FROM ops.slice_linkage WHERE record = 'coa_stay' AND build = toUInt32(toDate('" + edition + "'));\n" +
				"DELETE FROM ops.slice_linkage WHERE record = 'coa_stay' AND linkage = 'v_only' AND build = toUInt32(toDate('" + edition + "'))",
			"INSERT INTO ops.slice_linkage SELECT * FROM work.kept",
			"linkage control_totals", "records to marts, coa_stay: rows",
		},
		{
			"DELETE FROM marts.stage_by_month WHERE edition = '" + edition + "' AND month = '2024-05-01' AND stage = 'work'",
			"SELECT 1", "linkage control_totals", "facts to marts, stage_by_month: months",
		},
	} {
		w.Script(t, c.plant)
		build := append([]string{"build", "--exclude-resource-type", "unit_test", "--vars", fmt.Sprintf(`{"edition": %q}`, edition), "--select"}, strings.Fields(c.made)...)
		out, err := w.DBT(t, build...)
		if err == nil || !strings.Contains(out, "control_totals_agree") {
			t.Errorf("%s: error = %v\n%s", c.want, err, out)
		}
		var got string
		err = w.QueryRow(t.Context(), "SELECT arrayStringConcat(groupArray(concat(step, ', ', place, ': ', measure)), '; ') FROM marts.control_totals WHERE edition = '"+edition+"' AND NOT agrees").Scan(&got)
		if err != nil || got != c.want {
			t.Errorf("named %q, want %q (%v)", got, c.want, err)
		}
		w.Script(t, c.undo)
	}
}
