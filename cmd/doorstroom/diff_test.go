package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
)

// TestDiff compares two editions of a few people, each of whom shows one reason
// to change. There are no wages, so milestones and person rows are all there is.
func TestDiff(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	v := func(n int) string { return pseudonym('v', n) }
	b := func(n int) string { return pseudonym('b', n) }
	deliverParticipations(t, landing, "first", "2026-01-31",
		took("T", "SAME", v(1), "", "2025-01-01"),
		took("T", "NEW", v(2), "", "2025-01-02"),
		took("T", "CORRECTED", v(3), "", "2025-01-03"),
		took("T", "GONE-1", v(4), "", "2025-01-04"), took("T", "GONE-2", v(4), "", "2025-01-05"),
		took("T", "LINKED-V", v(5), "", "2025-01-06"), took("T", "LINKED-B", "", b(5), "2025-01-05"),
		took("T", "UNLINKED-V", v(6), b(6), "2025-01-07"), took("T", "UNLINKED-B", "", b(6), "2025-01-06"),
		took("T", "RENAMED", "", b(7), "2025-01-08"),
		took("T", "LEFT", v(9), "", "2025-01-09"),
		took("T", "MOVED", v(10), "", "2025-01-10"), took("T", "MOVED-TO", v(11), "", "2025-01-11"), took("T", "STAYS", v(10), "", "2025-01-12"),
	)
	home := []fields{{"recordnummer": "HOME", "pseudoniem_v": v(12), "gemeentecode": "0363", "vestigingsdatum": "2025-01-01", "vertrekdatum": "2026-03-15", "vertrekreden": "verhuisd"}}
	csv := dataFile{name: "home.csv", record: "municipality_residence", format: "csv", rows: 1,
		content: csvText([]string{"recordnummer", "pseudoniem_v", "pseudoniem_b", "gemeentecode", "vestigingsdatum", "vertrekdatum", "vertrekreden", "inschrijfdatum_brp"}, home)}
	landed{supplier: "municipality", id: "homes", codes: []string{"0363"}, files: []dataFile{csv}}.write(t, landing)
	deliverParticipations(t, landing, "second", "2026-04-15",
		took("T", "NEW-2", v(2), "", "2025-01-01"), // earlier, so the milestone moves
		took("W", "CORRECTED", v(3), "", "2025-01-30"),
		fields{"recordnummer": `"GONE-1"`, "mutatie": `"V"`},
		took("W", "LINKED-V", v(5), b(5), "2025-01-06"),
		took("W", "UNLINKED-V", v(6), "", "2025-01-07"),
		took("W", "RENAMED", v(7), b(7), "2025-01-08"),
		took("T", "ARRIVED", v(8), "", "2025-01-08"),
		fields{"recordnummer": `"LEFT"`, "mutatie": `"V"`},
		took("W", "MOVED", v(11), "", "2025-01-10"),
		took("W", "SAME", v(1), "", "2025-01-01"),
	)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.builds("2026-02-28")
	u.builds("2026-04-30")

	want := []string{
		"person appeared: new records: 1",          // 8
		"person appeared: withdrawn link: 1",       // b6
		"person disappeared: new link: 1",          // b5
		"person disappeared: withdrawn records: 1", // 9
		"person linkage: new link: 2",              // 5 and 7
		"person linkage: withdrawn link: 1",        // 6
		"person person_id: new link: 1",            // b7, who is v7 now
		"person current_municipality: time: 1",     // 12
		"milestone date: new records: 1",           // 2
		"milestone record_id: new records: 1",
		"milestone date: corrected records: 3", // 3, 10 and 11: one record went from 10 to 11
		"milestone record_id: corrected records: 2",
		"milestone date: withdrawn records: 1", // 4
		"milestone record_id: withdrawn records: 1",
		"milestone date: new link: 1", // 5
		"milestone record_id: new link: 1",
		"milestone date: withdrawn link: 1", // 6
		"milestone record_id: withdrawn link: 1",
	}
	// Who has a participation more or less differs in every column of that table: 2, 4, 5, 6, and 10 and 11. 3 has another start.
	for _, column := range []string{"rows", "kind", "start", "end", "hours_week", "municipality_code", "region"} {
		corrected := 2
		if column == "start" {
			corrected = 3
		}
		for _, why := range []string{fmt.Sprint("corrected records: ", corrected), "new link: 1", "new records: 1", "withdrawn link: 1", "withdrawn records: 1"} {
			want = append(want, "participation "+column+": "+why)
		}
	}
	u.diffs("2026-02-28", "2026-04-30", want)
	if rows := u.run("diff", "2026-04-30", "2026-04-30", "--format", "CSV").exits(0).rows(); len(rows) != 0 {
		t.Errorf("an edition differs from itself: %v", rows)
	}
	if n := u.value("SELECT count() FROM system.tables WHERE database = 'work'"); n != "0" {
		t.Errorf("%s tables are left in database work", n)
	}
	t.Run("definition", func(t *testing.T) {
		u := u.on(t)
		defineAnew(u, "2026-02-28")
		for i, line := range want {
			where, why, _ := strings.Cut(line, ": ")
			want[i] = strings.Replace(where+": definition + "+why, " + time", "", 1)
		}
		u.diffs("2026-02-28", "2026-04-30", want)
	})
	u.run("diff", "2026-04-30", "2020-01-01").exits(1).says("edition 2020-01-01: no such edition")
	u.run("diff", "2026-04-30", "yesterday").exits(2)
	assertOnlyInWarehouse(t, u.data)
}

// TestDiffOfConflicts compares two editions between which conflicts began, ended and changed.
func TestDiffOfConflicts(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	v := func(n int) string { return pseudonym('v', n) }
	b := func(n int) string { return pseudonym('b', n) }
	deliverParticipations(t, landing, "first", "2026-01-31",
		took("T", "BEGINS-1", v(20), b(20), "2025-01-01"), took("T", "BEGINS-2", "", b(21), "2025-01-01"),
		took("T", "ENDS-1", v(30), b(30), "2025-01-01"), took("T", "ENDS-2", v(30), b(31), "2025-01-02"), took("T", "ENDS-3", "", b(31), "2025-01-01"),
		took("T", "GROWS-1", v(40), b(41), "2025-01-01"), took("T", "GROWS-2", v(40), b(42), "2025-01-02"),
		took("T", "HEARD-1", v(50), b(50), "2025-01-01"), took("T", "HEARD-2", v(50), b(51), "2025-01-02"),
		took("T", "LOOSE-1", v(60), b(60), "2025-01-01"), took("T", "LOOSE-2", v(60), b(61), "2025-01-02"),
		took("T", "STAYS-1", v(70), b(70), "2025-01-01"), took("T", "STAYS-2", v(70), b(71), "2025-01-02"),
	)
	deliverParticipations(t, landing, "second", "2026-04-15",
		took("T", "BEGINS-3", v(20), b(21), "2025-02-01"),
		fields{"recordnummer": `"ENDS-2"`, "mutatie": `"V"`},
		took("T", "GROWS-3", v(40), b(40), "2025-02-01"), // the smallest B, so it names the conflict
		took("W", "LOOSE-2", v(60), "", "2025-01-02"),
		took("T", "ALL-NEW-1", v(80), b(80), "2025-02-01"), took("T", "ALL-NEW-2", v(80), b(81), "2025-02-02"),
	)
	plan := []fields{{"recordnummer": "HEARD-3", "pseudoniem_v": v(50), "pseudoniem_b": b(51), "gemeentecode": "0363"}}
	csv := dataFile{name: "plan.csv", record: "municipality_inburgering", format: "csv", rows: 1,
		content: csvText([]string{"recordnummer", "pseudoniem_v", "pseudoniem_b", "gemeentecode", "dagtekening_pip", "leerroute"}, plan)}
	landed{supplier: "municipality", id: "plans", drawnOn: "2026-04-15", codes: []string{"0363"}, files: []dataFile{csv}}.write(t, landing)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.builds("2026-02-28")
	u.builds("2026-04-30")

	want := []string{
		"person appeared: new link: 4",                          // b20, who was v20, b40, b80 and b81
		"person appeared: new records + new link: 1",            // v80: a conflict has it from the start
		"person disappeared: withdrawn link: 3",                 // b30 and b60, who are v30 and v60 now, and b61
		"person linkage: new records + new link: 1",             // v20
		"person linkage: new link: 1",                           // b21
		"person linkage: withdrawn records + withdrawn link: 1", // v30
		"person linkage: withdrawn link: 2",                     // b31 and v60
		"link_conflict conflict_id: new records + new link: 2",  // v20 and v40
		"link_conflict conflict_id: new link: 3",                // b21, b41 and b42
		"link_conflict suppliers: new records: 2",               // v50 and b51: the record is v50's
	}
	for _, column := range []string{"rows", "conflict_id", "suppliers"} {
		want = append(want, "link_conflict "+column+": withdrawn records + withdrawn link: 1", // v30
			"link_conflict "+column+": withdrawn link: 2") // b31 and v60
		if column != "conflict_id" {
			want = append(want, "link_conflict "+column+": new records + new link: 1", "link_conflict "+column+": new link: 1") // v20, b21
		}
	}
	for _, column := range []string{"rows", "kind", "start", "end", "hours_week", "municipality_code", "region"} {
		want = append(want, "participation "+column+": new records + new link: 2", // v20 and v40 have one more
			"participation "+column+": withdrawn records + withdrawn link: 1") // v30 has one less
	}
	u.diffs("2026-02-28", "2026-04-30", want)
	assertOnlyInWarehouse(t, u.data)
}

// took is a COA record of somebody who began to take part on a day.
func took(operation, id, v, b string, day string) fields {
	f := fields{"recordnummer": `"` + id + `"`, "mutatie": `"` + operation + `"`, "soort": `"nt2"`, "begindatum": `"` + day + `"`}
	for name, value := range map[string]string{"pseudoniem_v": v, "pseudoniem_b": b} {
		if value != "" {
			f[name] = `"` + value + `"`
		}
	}
	return f
}

func deliverParticipations(t *testing.T, landing, id, drawnOn string, records ...fields) {
	t.Helper()
	file := dataFile{name: "participation.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines(records), rows: len(records)}
	landed{supplier: "coa", id: id, mode: "mutation", drawnOn: drawnOn, files: []dataFile{file}}.write(t, landing)
}

// diffs compares two editions of people without a permit, who have no cohort: "table column: why: persons".
func (u *user) diffs(before, after string, want []string) {
	u.t.Helper()
	var got []string
	for _, r := range u.run("diff", before, after, "--format", "CSV").exits(0).rows() {
		if r[1] != `\N` {
			u.t.Errorf("a cohort %s of people without a permit", r[1])
		}
		got = append(got, fmt.Sprintf("%s %s: %s: %s", r[0], r[2], r[3], r[4]))
	}
	for _, line := range differences(got, want) {
		u.t.Error(line)
	}
}

// defineAnew lets an edition pass for one that was made under other definitions, which happen to give the same facts.
func defineAnew(u *user, edition string) {
	u.t.Helper()
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		var readings []string
		err := e.Warehouse.QueryRow(ctx, "SELECT arraySort(groupArray(concat(supplier, '/', delivery_id, '/', manifest_sha256, '/', reading_version))) "+
			"FROM ops.load FINAL WHERE drawn_on <= toDate32(?)", edition).Scan(&readings)
		if err != nil {
			return err
		}
		hash := sha256.New()
		fmt.Fprint(hash, "definitions 0, facts 4\n")
		for _, reading := range readings {
			fmt.Fprintln(hash, reading)
		}
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE ('0' AS definition_version, ? AS inputs, now64(6) AS written_at) FROM ops.edition FINAL WHERE edition = toDate(?)",
			hex.EncodeToString(hash.Sum(nil)), edition)
	})
}
