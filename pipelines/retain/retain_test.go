package retain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

// now is the moment of every job here; with a period of ten days, what is of 2026-05-20 and later is kept.
var now = time.Date(2026, 5, 30, 15, 4, 5, 0, time.UTC)

const (
	tooOld  = "2026-05-19 23:59:59.000"
	justNot = "2026-05-20 00:00:00.000"
)

var must = clickhousetest.Must

func exec(t *testing.T, db *warehouse.DB, format string, args ...any) {
	t.Helper()
	statement := fmt.Sprintf(format, args...)
	if err := db.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// removes runs a job with one period and gives what it removed, as "layer what record amount unit".
func removes(t *testing.T, db *warehouse.DB, p Periods) (list []string) {
	t.Helper()
	removed, err := (&Job{Warehouse: db, Periods: p, Now: now}).Run(t.Context())
	must(t, err)
	for _, r := range removed {
		list = append(list, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %d %s", r.Layer, r.What, r.Record, r.Amount, r.Unit)), " "))
	}
	return list
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestDays: a period of n days ends at the midnight that begins the n-th day back, in UTC.
func TestDays(t *testing.T) {
	for _, c := range []struct {
		now, want string
		days      int
	}{
		{"2026-05-30T15:04:05Z", "2026-05-20T00:00:00Z", 10},
		{"2026-05-30T00:00:00Z", "2026-05-20T00:00:00Z", 10},
		{"2026-05-30T23:59:59Z", "2026-05-29T00:00:00Z", 1},
		{"2026-05-30T01:30:00+02:00", "2026-05-28T00:00:00Z", 1}, // in UTC still the 29th
		{"2026-03-01T12:00:00Z", "2026-02-28T00:00:00Z", 1},
	} {
		at, err := time.Parse(time.RFC3339, c.now)
		must(t, err)
		j := &Job{Now: at, Periods: Periods{Copies: c.days}}
		before, goes := j.CopiesBefore()
		if got := before.Format(time.RFC3339); got != c.want || !goes {
			t.Errorf("%s less %d days: %s, %v; want %s", c.now, c.days, got, goes, c.want)
		}
	}
	if _, goes := (&Job{Now: now}).CopiesBefore(); goes {
		t.Error("copies go although no period is set")
	}
}

// TestLayers plants rows just within and just beyond their period in each layer.
func TestLayers(t *testing.T) {
	db := enginetest.Warehouse(t)
	t.Run("refused and held", func(t *testing.T) { refusedAndHeld(t, db) })
	t.Run("undecided", func(t *testing.T) { undecided(t, db) })
	t.Run("ledger", func(t *testing.T) { ledger(t, db) })
	t.Run("noted before it is done", func(t *testing.T) { noted(t, db) })
}

// deliver enters a decided delivery with rows of coa_stay in the books.
func deliver(t *testing.T, db *warehouse.DB, load int, status, reason, decided string, rows int) {
	t.Helper()
	exec(t, db, "INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, status, reason, decided_at) VALUES ('coa', 'd%02d', 'sha', '%s', '%s', '%s')", load, status, reason, decided)
	exec(t, db, "INSERT INTO ops.load (written_at, load_id, supplier, delivery_id, manifest_sha256) VALUES (now64(6), %d, 'coa', 'd%02d', 'sha')", load, load)
	stays(t, db, load, rows)
}

func stays(t *testing.T, db *warehouse.DB, load, rows int) {
	t.Helper()
	exec(t, db, "INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id) SELECT %d, 0, number, toString(number) FROM numbers(%d)", load, rows)
}

// left is how many rows of coa_stay each load has, by load.
func left(t *testing.T, db *warehouse.DB) string {
	t.Helper()
	var text string
	must(t, db.QueryRow(t.Context(), "SELECT arrayStringConcat(groupArray(concat(toString(load_id), ':', toString(n))), ' ') FROM (SELECT load_id, count() AS n FROM raw.coa_stay GROUP BY load_id ORDER BY load_id)").Scan(&text))
	return text
}

// refusedAndHeld: what can still be released has a period of its own, and accepted rows none.
func refusedAndHeld(t *testing.T, db *warehouse.DB) {
	deliver(t, db, 1, "accepted", "", tooOld, 1)
	deliver(t, db, 2, "refused", "count_mismatch", tooOld, 2)
	deliver(t, db, 3, "refused", "count_mismatch", justNot, 3)
	for i, reason := range []string{"implausible_shrink", "implausible_empty", "withdrawn"} {
		deliver(t, db, 4+2*i, "refused", reason, tooOld, 4+2*i)
		deliver(t, db, 5+2*i, "refused", reason, justNot, 5+2*i)
	}
	same(t, "no period is set", removes(t, db, Periods{}), nil)
	dry := &Job{Warehouse: db, Periods: Periods{Refused: 10, Held: 10}, Now: now, DryRun: true}
	if would, err := dry.Run(t.Context()); err != nil || len(would) != 4 || left(t, db) != "1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9" {
		t.Errorf("a dry run tells of %d removals (%v) and leaves %s", len(would), err, left(t, db))
	}
	same(t, "refused", removes(t, db, Periods{Refused: 10}), []string{"refused coa/d02 coa_stay 2 rows"})
	same(t, "held", removes(t, db, Periods{Held: 10}), []string{"held coa/d04 coa_stay 4 rows", "held coa/d06 coa_stay 6 rows", "held coa/d08 coa_stay 8 rows"})
	if got := left(t, db); got != "1:1 3:3 5:5 7:7 9:9" {
		t.Errorf("left are %s", got)
	}
	same(t, "a second time", removes(t, db, Periods{Refused: 10, Held: 10}), nil)
	exec(t, db, "TRUNCATE TABLE raw.coa_stay")
}

// undecided: an attempt that nobody decided is noted, and goes when the note is too old; one that was decided since stays.
func undecided(t *testing.T, db *warehouse.DB) {
	stays(t, db, 21, 2)
	stays(t, db, 22, 3)
	same(t, "the first time", removes(t, db, Periods{Refused: 10}), []string{"undecided load 21 0 seen", "undecided load 22 0 seen"})
	same(t, "again", removes(t, db, Periods{Refused: 10}), nil)
	for load, at := range map[int]string{21: tooOld, 22: justNot} {
		exec(t, db, "ALTER TABLE ops.retention DELETE WHERE load_id = %d SETTINGS mutations_sync = 2", load)
		exec(t, db, "INSERT INTO ops.retention (at, layer, what, load_id, unit) VALUES ('%s', 'undecided', 'load %d', %[2]d, 'seen')", at, load)
	}
	same(t, "later", removes(t, db, Periods{Refused: 10}), []string{"undecided load 21 coa_stay 2 rows"})
	exec(t, db, "INSERT INTO ops.retention (at, layer, what, load_id, unit) VALUES ('%s', 'undecided', 'load 22', 22, 'seen')", tooOld)
	deliver(t, db, 22, "accepted", "", justNot, 0)
	same(t, "decided since", removes(t, db, Periods{Refused: 10}), nil)
	if got := left(t, db); got != "22:3" {
		t.Errorf("left are %s", got)
	}
	exec(t, db, "TRUNCATE TABLE raw.coa_stay")
}

// ledger: of builds that stand, and of those that somebody may still work on, the books stay.
func ledger(t *testing.T, db *warehouse.DB) {
	number := func(day int) int64 { return time.Date(2026, 5, day, 0, 0, 0, 0, time.UTC).UnixMicro() }
	standing, closed, fresh, open, begun := number(1), number(2), number(25), number(3), number(4)
	exec(t, db, "INSERT INTO ops.edition (edition, build) VALUES ('2026-04-30', %d)", standing)
	for build, row := range map[int64]string{
		standing: "'closed', '" + tooOld + "'", closed: "'closed', '" + tooOld + "'", fresh: "'closed', '" + justNot + "'",
		open: "'open', '" + tooOld + "'", begun: "'open', '" + justNot + "'",
	} {
		exec(t, db, "INSERT INTO ops.build (build, edition, status, started_at) VALUES (%d, '2026-04-30', %s)", build, row)
		exec(t, db, "INSERT INTO ops.slice (build, slice) VALUES (%d, 0)", build)
	}
	for _, at := range []string{tooOld, justNot} {
		exec(t, db, "INSERT INTO ops.run (run_id, started_at, status) VALUES (generateUUIDv4(), '%s', 'done')", at)
		exec(t, db, "INSERT INTO ops.step (run_id, step, started_at, status) VALUES (generateUUIDv4(), 'load', '%s', 'done')", at)
		exec(t, db, "INSERT INTO ops.unreadable_message (topic, partition, offset, seen_at) VALUES ('t', 0, %d, '%s')", len(at)+int(at[9]), at)
	}
	exec(t, db, "INSERT INTO ops.operator_action (at, who, action) VALUES ('2001-01-01 00:00:00', 'w', 'release')")
	// Of builds: the one that is closed and the one that somebody began too long ago.
	same(t, "ledger", removes(t, db, Periods{Ledger: 10}), []string{
		"ledger ops.step 1 rows", "ledger ops.run 1 rows", "ledger ops.unreadable_message 1 rows", "ledger ops.slice 2 rows", "ledger ops.build 2 rows"})
	for table, want := range map[string]string{"ops.build": fmt.Sprint([]int64{standing, begun, fresh}), "ops.slice": fmt.Sprint([]int64{standing, begun, fresh})} {
		var builds []uint64
		must(t, db.QueryRow(t.Context(), "SELECT groupArray(build) FROM (SELECT build FROM "+table+" FINAL ORDER BY build)").Scan(&builds))
		if got := fmt.Sprint(builds); got != want {
			t.Errorf("%s keeps %s, want %s", table, got, want)
		}
	}
	var actions uint64
	must(t, db.QueryRow(t.Context(), "SELECT count() FROM ops.operator_action").Scan(&actions))
	if actions != 1 {
		t.Error("what an operator did is gone")
	}
}

// noted: a removal that fails is in the books all the same, and the error says what to do.
func noted(t *testing.T, db *warehouse.DB) {
	fails := errors.New("no room")
	j := &Job{Warehouse: db, Now: now}
	r := Removal{Layer: Copies, What: "duo/x", Amount: 3, Unit: "files", Days: 10, Before: now}
	err := j.Do(t.Context(), r, func(context.Context) error { return fails })
	if !errors.Is(err, fails) || !strings.Contains(err.Error(), "'doorstroom retain' tries again") {
		t.Errorf("the error is %v", err)
	}
	var rows uint64
	must(t, db.QueryRow(t.Context(), "SELECT count() FROM ops.retention WHERE layer = 'copies' AND what = 'duo/x' AND amount = 3 AND unit = 'files' AND days = 10").Scan(&rows))
	if rows != 1 {
		t.Errorf("it is noted %d times, want once", rows)
	}
}
