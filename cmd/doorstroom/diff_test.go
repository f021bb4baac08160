package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDiff compares two editions of a few people, each of whom shows one reason
// to change. There are no wages, so milestones and person rows are all there is.
func TestDiff(t *testing.T) {
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	v := func(n int) string { return pseudonym('v', n) }
	b := func(n int) string { return pseudonym('b', n) }
	took := func(operation, id, v, b string, day string) fields {
		f := fields{"recordnummer": `"` + id + `"`, "mutatie": `"` + operation + `"`, "soort": `"nt2"`, "begindatum": `"` + day + `"`}
		for name, value := range map[string]string{"pseudoniem_v": v, "pseudoniem_b": b} {
			if value != "" {
				f[name] = `"` + value + `"`
			}
		}
		return f
	}
	deliver := func(id, drawnOn string, records ...fields) {
		file := dataFile{name: "participation.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines(records), rows: len(records)}
		delivery{supplier: "coa", id: id, mode: "mutation", drawnOn: drawnOn, files: []dataFile{file}}.write(t, landing)
	}
	deliver("first", "2026-01-31",
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
	delivery{supplier: "municipality", id: "homes", codes: []string{"0363"}, files: []dataFile{csv}}.write(t, landing)
	deliver("second", "2026-04-15",
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
		"person appeared new records 1",          // 8
		"person appeared withdrawn link 1",       // b6
		"person disappeared new link 1",          // b5
		"person disappeared withdrawn records 1", // 9
		"person linkage new link 2",              // 5 and 7
		"person linkage withdrawn link 1",        // 6
		"person person_id new link 1",            // b7, who is v7 now
		"person current_municipality time 1",     // 12
		"milestone date new records 1",           // 2
		"milestone record_id new records 1",
		"milestone date corrected records 3", // 3, 10 and 11: one record went from 10 to 11
		"milestone record_id corrected records 2",
		"milestone date withdrawn records 1", // 4
		"milestone record_id withdrawn records 1",
		"milestone date new link 1", // 5
		"milestone record_id new link 1",
		"milestone date withdrawn link 1", // 6
		"milestone record_id withdrawn link 1",
	}
	var got []string
	for _, r := range u.run("diff", "2026-02-28", "2026-04-30", "--format", "CSV").exits(0).rows() {
		if r[1] != `\N` {
			t.Errorf("a cohort %s of people without a permit", r[1])
		}
		got = append(got, strings.Join([]string{r[0], r[2], r[3], r[4]}, " "))
	}
	for _, line := range differences(got, want) {
		t.Error(line)
	}
	if rows := u.run("diff", "2026-04-30", "2026-04-30", "--format", "CSV").exits(0).rows(); len(rows) != 0 {
		t.Errorf("an edition differs from itself: %v", rows)
	}
	if n := u.value("SELECT count() FROM system.tables WHERE database = 'work'"); n != "0" {
		t.Errorf("%s tables are left in database work", n)
	}
	u.run("diff", "2026-04-30", "2020-01-01").exits(1).says("edition 2020-01-01: no such edition")
	u.run("diff", "2026-04-30", "yesterday").exits(2)
	assertOnlyInWarehouse(t, u.data)
}
