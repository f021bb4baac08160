package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
)

// TestControlTotals plants a difference between every two layers of a build and wants its place named, no value, and the
// edition that stood before still standing.
func TestControlTotals(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 120)
	cutOff := day("2026-06-30")
	before, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
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
	t.Run("wages beyond 64 bits", func(t *testing.T) {
		// Two parallel incomes of one month, each near the largest number that the contract lets in.
		e.exec(t, `INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym, period_start, period_end, ikv_start, srt_iv, cd_aard, hours_paid, wage_sv)
			SELECT 2, 9, number + 1, concat('vast', toString(number)), 'vast', concat('vast', toString(number)), 'e', '2024-01-01', '2024-01-31', '2020-01-01', '15', '01', 10, 9223372036854775807 FROM numbers(3)`)
		e.exec(t, `INSERT INTO raw.coa_permit (load_id, file_no, row_no, record_id, pseudonym_b, title_code, start) VALUES (1, 9, 1, 'vast', 'vast', '26', '2023-01-01')`)
		e.exec(t, "DELETE FROM ops.edition WHERE edition = '2026-06-30'")
		before, err = e.facts.Build(t.Context(), cutOff, edition.Options{})
		must(t, err)
		var lost string
		must(t, e.db.QueryRow(t.Context(), "SELECT toString(removed['beyond 64 bits']) FROM ops.edition_total WHERE step = 'persons to facts' AND measure = 'wages, euro cents'").Scan(&lost))
		if lost != "18446744073709551616" { // three times 2^63-1 is 2^64 more than what 64 bits keep of it
			t.Errorf("%s is lost, want 2^64", lost)
		}
	})
	t.Run("hours beyond the column", func(t *testing.T) {
		// 200 parallel incomes of one day, each with the most hours that the contract lets in: 9999 a day are 69,993 a week.
		e.exec(t, `INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym, period_start, period_end, ikv_start, srt_iv, cd_aard, hours_paid, wage_sv)
			SELECT 2, 10, number + 1, concat('veel', toString(number)), 'veel', concat('veel', toString(number)), 'e', '2024-01-31', '2024-01-31', '2020-01-01', '15', '01', 9999, 1 FROM numbers(200)`)
		e.exec(t, `INSERT INTO raw.coa_permit (load_id, file_no, row_no, record_id, pseudonym_b, title_code, start) VALUES (1, 10, 1, 'veel', 'veel', '26', '2023-01-01')`)
		e.exec(t, "DELETE FROM ops.edition WHERE edition = '2026-06-30'")
		before, err = e.facts.Build(t.Context(), cutOff, edition.Options{})
		must(t, err)
		var lost string
		must(t, e.db.QueryRow(t.Context(), "SELECT toString(removed['beyond the column']) FROM ops.edition_total WHERE step = 'persons to facts' AND measure = 'hours a week, hundredths'").Scan(&lost))
		if len(lost) != len("399860001") || !strings.HasPrefix(lost, "39986") { // 200 times 69,993 is 3,998,600.01 more than 9,999,999.99, but for the rounding of others
			t.Errorf("%s is lost, want 399860001", lost)
		}
	})
	t.Run("hours of a period in which a job began and ended", func(t *testing.T) {
		// 40 hours in the two weeks from 18 January: 9.03 a week over the 31 days of definitions 1, 20.00 over the 14 of definitions 2.
		hours := func(definitions string) uint64 {
			_, err := e.facts.Build(t.Context(), cutOff, edition.Options{Definitions: definitions})
			must(t, err)
			return e.number(t, "SELECT toUInt64(total_to) FROM ops.edition_total WHERE step = 'persons to facts' AND measure = 'hours a week, hundredths'")
		}
		first, second := hours("1"), hours("2")
		e.exec(t, `INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym, period_start, period_end, ikv_start, ikv_end, srt_iv, cd_aard, hours_paid, wage_sv)
			VALUES (2, 11, 1, 'part', 'part', 'part', 'e', '2024-01-01', '2024-01-31', '2024-01-18', '2024-01-31', '15', '01', 40, 1)`)
		e.exec(t, `INSERT INTO raw.coa_permit (load_id, file_no, row_no, record_id, pseudonym_b, title_code, start) VALUES (1, 11, 1, 'part', 'part', '26', '2023-01-01')`)
		if got := hours("1") - first; got != 903 {
			t.Errorf("under definitions 1 there are %d hundredths more, want 903", got)
		}
		if got := hours("2") - second; got != 2000 {
			t.Errorf("under definitions 2 there are %d hundredths more, want 2000", got)
		}
		before, err = e.facts.Build(t.Context(), cutOff, edition.Options{})
		must(t, err)
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
			if there, err := edition.ReadEdition(t.Context(), e.db, cutOff); err != nil || there.Build != before.Build {
				t.Errorf("build %d stands, want %d (%v)", there.Build, before.Build, err)
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
