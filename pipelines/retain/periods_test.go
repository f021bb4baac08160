package retain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
)

// afternoon is the afternoon of a day; what is kept for n days is kept from the midnight n days before that day.
var afternoon = time.Date(2026, 6, 30, 15, 30, 0, 0, time.UTC)

func midnight(days int) time.Time { return time.Date(2026, 6, 30-days, 0, 0, 0, 0, time.UTC) }

type books struct {
	*testing.T
	db *warehouse.DB
}

func newBooks(t *testing.T) books {
	t.Helper()
	return books{t, enginetest.Warehouse(t)}
}

func (b books) exec(format string, args ...any) {
	b.Helper()
	if err := b.db.Exec(b.Context(), fmt.Sprintf(format, args...)); err != nil {
		b.Fatal(err)
	}
}

// moment is a time in SQL.
func moment(at time.Time) string {
	return fmt.Sprintf("fromUnixTimestamp64Micro(%d, 'UTC')", at.UnixMicro())
}

// load puts a decided delivery of COA into the books, with two rows of stays.
func (b books) load(id int, name, status, reason string, decided time.Time, drawnOn string) {
	b.Helper()
	b.decided(id, "coa", name, status, reason, decided, drawnOn, "coa_stay", "[]")
	b.stays(id)
}

func (b books) decided(id int, supplier, name, status, reason string, decided time.Time, drawnOn, record, codes string) {
	b.Helper()
	b.exec("INSERT INTO ops.load (load_id, supplier, delivery_id, manifest_sha256, drawn_on, mode, municipality_codes) VALUES (%d, '%s', '%s', 'm', '%s', 'full', %s)", id, supplier, name, drawnOn, codes)
	b.exec("INSERT INTO ops.delivery_record (load_id, supplier, delivery_id, manifest_sha256, drawn_on, mode, municipality_codes, record, rows_accepted) VALUES (%d, '%s', '%s', 'm', '%s', 'full', %s, '%s', 2)",
		id, supplier, name, drawnOn, codes, record)
	b.exec("INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, decided_at) VALUES ('%s', '%s', 'm', '%s', 'full', '%s', '%s', %s)",
		supplier, name, drawnOn, status, reason, moment(decided))
}

func (b books) stays(load int) {
	b.Helper()
	b.exec("INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id, municipality_code, start) SELECT %d, 0, number, toString(number), '0363', '2024-01-01' FROM numbers(2)", load)
}

func (b books) residences(load int, codes ...string) {
	b.Helper()
	for i, code := range codes {
		b.exec("INSERT INTO raw.municipality_residence (load_id, file_no, row_no, record_id, municipality_code, settled_on) VALUES (%d, 0, %d, 'r', '%s', '2024-01-01')", load, i, code)
	}
}

// build puts a build into the books and into the facts; its number is when it was begun.
func (b books) build(edition string, begun time.Time, status string, started time.Time, stands bool) {
	b.Helper()
	n := begun.UnixMicro()
	b.exec("INSERT INTO ops.build (build, edition, started_at, status) VALUES (%d, '%s', %s, '%s')", n, edition, moment(started), status)
	for _, table := range []string{"slice", "slice_linkage", "slice_contradiction"} {
		b.exec("INSERT INTO ops.%s (build, slice) VALUES (%d, 1)", table, n)
	}
	b.exec("INSERT INTO facts_store.person (build, edition, person_id) VALUES (%d, '%s', 'p')", n, edition)
	if stands {
		b.exec("INSERT INTO ops.edition (edition, build) VALUES ('%s', %d)", edition, n)
	}
}

// run removes what is too old and says what that was, a line each.
func (b books) run(dryRun bool, periods Periods) (lines []string) {
	b.Helper()
	j := &Job{Warehouse: b.db, Periods: periods, Now: afternoon, DryRun: dryRun}
	removed, err := j.Run(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range removed {
		if r.Before != midnight(r.Days) {
			b.Errorf("of layer %s goes what is before %s, want %s", r.Layer, r.Before, midnight(r.Days))
		}
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %d %s %d", r.Layer, r.What, r.Record, r.Amount, r.Unit, r.Days)), " "))
	}
	return lines
}

// left gives the numbers of the loads or builds that a table still has rows of.
func (b books) left(column, table string) (list []uint64) {
	b.Helper()
	if err := b.db.QueryRow(b.Context(), fmt.Sprintf("SELECT arraySort(groupUniqArray(toUInt64(%s))) FROM %s", column, table)).Scan(&list); err != nil {
		b.Fatal(err)
	}
	return list
}

// before is the last microsecond before the midnight on which a period ends.
func before(days int) time.Time { return midnight(days).Add(-time.Microsecond) }

// fill writes something of each layer on both sides of the end of its period.
func (b books) fill() {
	b.Helper()
	b.load(1, "refused-old", "refused", "hash_mismatch", before(30), "2020-01-01")
	b.load(2, "refused-young", "refused", "hash_mismatch", midnight(30), "2020-01-01")
	b.load(3, "shrunk-old", "refused", "implausible_shrink", before(365), "2020-01-01")
	b.load(4, "emptied-old", "refused", "implausible_empty", before(365), "2020-01-01")
	b.load(5, "withdrawn-old", "refused", "withdrawn", before(365), "2020-01-01")
	b.load(6, "shrunk-young", "refused", "implausible_shrink", midnight(365), "2020-01-01")
	b.load(7, "emptied-young", "refused", "implausible_empty", midnight(365), "2020-01-01")
	b.load(8, "withdrawn-young", "refused", "withdrawn", midnight(365), "2020-01-01")
	for id, seen := range map[int]time.Time{11: before(30).Add(-time.Second), 12: midnight(30), 13: {}} { // attempts that nobody decided
		b.stays(id)
		if !seen.IsZero() {
			b.exec("INSERT INTO ops.retention (at, layer, what, load_id, unit) VALUES (%s, 'undecided', 'x', %d, 'seen')", moment(seen.Truncate(time.Millisecond)), id)
		}
	}
	// With ten days, editions from 20 June on can be built: the second full delivery replaced the first for those, the third not the second.
	b.load(21, "first", "accepted", "", before(1000), "2026-01-10")
	b.load(22, "second", "accepted", "", before(1000), "2026-06-20")
	b.load(23, "third", "accepted", "", before(1000), "2026-06-21")
	b.decided(24, "municipality", "both", "accepted", "", before(1000), "2026-01-10", "municipality_residence", "['0363', '0518']")
	b.residences(24, "0363", "0518")
	b.decided(25, "municipality", "one", "accepted", "", before(1000), "2026-03-10", "municipality_residence", "['0363']")
	b.residences(25, "0363")
	b.build("2026-01-31", before(800), "closed", before(800), true)
	b.build("2026-02-28", before(731), "closed", before(731), false)
	b.build("2026-03-31", before(732), "open", midnight(1), false) // somebody goes on with it
	b.build("2026-04-30", before(1), "closed", before(1), false)
	b.build("2026-05-31", midnight(1), "closed", midnight(1), false)
	for _, at := range []time.Time{before(730).Truncate(time.Millisecond), midnight(730)} {
		b.exec("INSERT INTO ops.run (run_id, started_at) VALUES (generateUUIDv4(), %s)", moment(at))
		b.exec("INSERT INTO ops.step (run_id, step, started_at) VALUES (generateUUIDv4(), 'load', %s)", moment(at))
		b.exec("INSERT INTO ops.unreadable_message (topic, partition, offset, seen_at) VALUES ('t', 0, %d, %s)", at.UnixMilli(), moment(at))
	}
}

// TestWhatIsTooOld goes layer by layer over the midnight on which a period ends: what is of the last microsecond before it
// goes, what is of that moment stays. The periods are those of the settings, but for what was replaced: ten days.
func TestWhatIsTooOld(t *testing.T) {
	b := newBooks(t)
	b.fill()
	if lines := b.run(true, Periods{}); len(lines) > 0 {
		t.Errorf("with everything kept for ever it tells %q", lines)
	}
	periods := Periods{Refused: 30, Held: 365, Replaced: 10, Builds: 1, Ledger: 730}
	want := []string{
		"refused coa/refused-old coa_stay 2 rows 30",
		"undecided load 13 0 seen 30", "undecided load 11 coa_stay 2 rows 30",
		"held coa/emptied-old coa_stay 2 rows 365", "held coa/shrunk-old coa_stay 2 rows 365", "held coa/withdrawn-old coa_stay 2 rows 365",
		"replaced coa/first coa_stay 2 rows 10", "replaced municipality/both municipality_residence 1 rows 10",
		fmt.Sprintf("builds build %d of 2026-02-28 1 rows 1", before(731).UnixMicro()), fmt.Sprintf("builds build %d of 2026-04-30 1 rows 1", before(1).UnixMicro()),
		"ledger ops.step 1 rows 730", "ledger ops.run 1 rows 730", "ledger ops.unreadable_message 1 rows 730",
		"ledger ops.slice 1 rows 730", "ledger ops.slice_linkage 1 rows 730", "ledger ops.slice_contradiction 1 rows 730", "ledger ops.build 1 rows 730",
	}
	if lines := b.run(true, periods); !slices.Equal(lines, want) {
		t.Errorf("a dry run tells\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if n := len(b.left("load_id", "raw.coa_stay")); n != 14 {
		t.Errorf("after a dry run %d loads are left, want all 14", n)
	}
	if lines := b.run(false, periods); !slices.Equal(lines, want) {
		t.Errorf("it tells\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	builds := []uint64{uint64(before(800).UnixMicro()), uint64(before(732).UnixMicro()), uint64(before(1).UnixMicro()), uint64(midnight(1).UnixMicro())}
	for _, c := range []struct {
		column, table string
		want          []uint64
	}{
		{"load_id", "raw.coa_stay", []uint64{2, 6, 7, 8, 12, 13, 22, 23}},
		{"municipality_code", "(SELECT toUInt64(toString(municipality_code)) AS municipality_code FROM raw.municipality_residence WHERE load_id = 24)", []uint64{518}},
		{"load_id", "raw.municipality_residence", []uint64{24, 25}},
		{"build", "facts_store.person", []uint64{builds[0], builds[1], builds[3]}},
		{"build", "ops.build", builds}, {"build", "ops.slice", builds}, {"build", "ops.slice_linkage", builds}, {"build", "ops.slice_contradiction", builds},
		{"toUnixTimestamp(started_at)", "ops.run", []uint64{uint64(midnight(730).Unix())}},
		{"toUnixTimestamp(started_at)", "ops.step", []uint64{uint64(midnight(730).Unix())}},
		{"toUnixTimestamp(seen_at)", "ops.unreadable_message", []uint64{uint64(midnight(730).Unix())}},
	} {
		if got := b.left(c.column, c.table); !slices.Equal(got, c.want) {
			t.Errorf("%s has %v, want %v", c.table, got, c.want)
		}
	}
	var noted []string
	if err := b.db.QueryRow(t.Context(), "SELECT groupArray(line) FROM (SELECT concat(layer, ' ', unit, ' ', toString(sum(amount)), ' ', toString(any(days))) AS line FROM ops.retention WHERE at = ? GROUP BY layer, unit ORDER BY layer, unit)", afternoon).Scan(&noted); err != nil {
		t.Fatal(err)
	}
	if want := []string{"builds rows 2 1", "held rows 6 365", "ledger rows 7 730", "refused rows 2 30", "replaced rows 3 10", "undecided rows 2 30", "undecided seen 0 30"}; !slices.Equal(noted, want) {
		t.Errorf("noted is %q, want %q", noted, want)
	}
	if lines := b.run(false, periods); len(lines) > 0 {
		t.Errorf("done again it tells %q", lines)
	}
}

// TestCopiesBefore: copies stay for ever with no period, and else up to a midnight.
func TestCopiesBefore(t *testing.T) {
	if _, gone := (&Job{Now: afternoon}).CopiesBefore(); gone {
		t.Error("with no period copies go")
	}
	if at, gone := (&Job{Now: afternoon, Periods: Periods{Copies: 90}}).CopiesBefore(); !gone || at != midnight(90) {
		t.Errorf("copies go before %s (%v), want %s", at, gone, midnight(90))
	}
}
