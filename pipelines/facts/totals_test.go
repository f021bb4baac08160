package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/facts"
)

// TestControlTotals plants a difference between every two layers of a build and wants its place named, no value, and the
// edition that stood before still standing.
func TestControlTotals(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 120)
	cutOff := day("2026-06-30")
	before, err := e.facts.Build(t.Context(), cutOff, facts.Options{})
	must(t, err)
	t.Run("what the rules remove", func(t *testing.T) {
		// Rows of full deliveries that were replaced, versions, deletions and corrections are there, or nothing is shown.
		for _, rule := range []string{"beaten", "corrected"} {
			var n uint64
			must(t, e.db.QueryRow(t.Context(), "SELECT toUInt64(sum(removed[?])) FROM ops.edition_total WHERE step = 'raw to effective' AND measure = 'rows'", rule).Scan(&n))
			if n == 0 {
				t.Errorf("no row was %s", rule)
			}
		}
	})
	for _, c := range []struct{ plant, want string }{
		{"ALTER TABLE raw.coa_stay DELETE WHERE row_no = 5 SETTINGS mutations_sync = 2", "raw to effective, coa_stay: rows"},
		{"ALTER TABLE raw.uwv_employment UPDATE wage_sv = wage_sv + 1 WHERE row_no = 5 SETTINGS mutations_sync = 2", "raw to effective, uwv_employment: wages, euro cents"},
		{"ALTER TABLE work.b%[1]d_uwv_employment UPDATE hours_paid = hours_paid + 1 WHERE period_days > 0 SETTINGS mutations_sync = 2", "effective to persons, uwv_employment: hours paid"},
		{"ALTER TABLE facts_store.month_status UPDATE wage_sv_cents = wage_sv_cents + 1 WHERE build = %[1]d AND working SETTINGS mutations_sync = 2", "persons to facts, month_status: wages, euro cents"},
		{"ALTER TABLE facts_store.month_status UPDATE bijstand = false WHERE build = %[1]d AND bijstand SETTINGS mutations_sync = 2", "persons to facts, month_status: months in bijstand"},
		{"ALTER TABLE facts_store.month_status DELETE WHERE build = %[1]d AND working SETTINGS mutations_sync = 2", "month_status has"},
	} {
		t.Run(c.want, func(t *testing.T) {
			steps, err := e.facts.Begin(t.Context(), cutOff)
			must(t, err)
			for n := range steps.Slices() {
				must(t, steps.Do(t.Context(), n))
			}
			plant := c.plant
			if strings.Contains(plant, "%") {
				plant = fmt.Sprintf(plant, steps.Build())
			}
			e.exec(t, plant)
			_, err = steps.Finish(t.Context())
			if err == nil || !strings.Contains(err.Error(), "does not add up") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %s", err, c.want)
			}
			if build, err := facts.StandingBuild(t.Context(), e.db, cutOff); err != nil || build != before.Build {
				t.Errorf("build %d stands, want %d (%v)", build, before.Build, err)
			}
		})
	}
	t.Run("rows of the edition that stands", func(t *testing.T) {
		must(t, e.facts.Reconcile(t.Context(), &before.Edition))
		e.exec(t, fmt.Sprintf("ALTER TABLE facts_store.job DELETE WHERE build = %d AND job = 1 SETTINGS mutations_sync = 2", before.Build))
		if err := e.facts.Reconcile(t.Context(), &before.Edition); err == nil || !strings.Contains(err.Error(), "rows of job") {
			t.Errorf("the error is %v", err)
		}
	})
}
