package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
)

// retainAt lets retain believe that it is another moment and gives what it tells.
func (u *user) retainAt(now time.Time, landing string, dryRun bool) (told string) {
	u.t.Helper()
	u.inWarehouse(true, func(ctx context.Context, e *engines.Engines) error {
		told = u.retains(ctx, e, now, landing, dryRun)
		return nil
	})
	return told
}

// retains is retainAt on engines that are open.
func (u *user) retains(ctx context.Context, e *engines.Engines, now time.Time, landing string, dryRun bool) string {
	u.t.Helper()
	var out bytes.Buffer
	j := u.app(&out).Retention(e, landing, dryRun)
	j.Now = now
	if err := j.RunAndTell(ctx); err != nil {
		u.t.Fatal(err)
	}
	return out.String()
}

// rebuild has the editions of some days made again from what is there.
func (u *user) rebuild(days ...string) {
	u.t.Helper()
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE ('other' AS inputs, now64(6) AS written_at) FROM ops.edition FINAL")
	})
	for _, day := range days {
		u.run("run", "--only", "facts", "--as-of", day).exits(0)
	}
}

// TestRetain lets years pass: layer by layer goes what is too old, each removal
// is noted, and no edition changes that can still be built.
func TestRetain(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "first", drawnOn: "2026-01-15", files: []dataFile{stayFile(kindGood, 1, 120)}}.write(t, landing)
	landed{supplier: "coa", id: "later", mode: "mutation", drawnOn: "2026-02-15", files: []dataFile{mutations(50, 90)}}.write(t, landing)
	landed{supplier: "coa", id: "held", drawnOn: "2026-03-15", files: []dataFile{{name: "stay.jsonl", record: "coa_stay", format: "jsonl"},
		{name: "participation.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines([]fields{{
			"recordnummer": `"P"`, "pseudoniem_v": fmt.Sprintf("%q", pseudonym('v', 1)), "soort": `"nt2"`, "begindatum": `"2025-11-01"`}}), rows: 1}}}.write(t, landing)
	if err := os.WriteFile(filepath.Join(landing, "coa", "held", "stay.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	landed{supplier: "coa", id: "refused", files: []dataFile{stayFile(kindRefused, 1, 5)}, change: func(m map[string]any) { listedFile(m, 0)["rows"] = 6 }}.write(t, landing)
	page := dataFile{name: "duo_exam-000001.json", record: "duo_exam", format: "json", content: jsonPage([]fields{exam("E1", pseudonym('b', 3), 2)}, 1), rows: 1}
	for _, id := range []string{"pulled", "by-hand"} {
		landed{supplier: "duo", id: id, drawnOn: "2026-01-01", files: []dataFile{page}}.write(t, landing)
	}
	copied := filepath.Join(landing, "duo", ".copied")
	if err := os.MkdirAll(copied, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "pulled"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
	days := []string{"2026-01-31", "2026-04-30"}
	u.rebuild(days...)
	u.rebuild(days...)
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error { // an attempt that nobody decided
		return e.Warehouse.Exec(ctx, "INSERT INTO raw.coa_stay SELECT * REPLACE (toUInt64(7) AS load_id) FROM raw.coa_stay LIMIT 3")
	})
	editions := func() string { return u.run("editions", "--format", "CSV").exits(0).out }
	want, now := editions(), time.Now()
	const looked = "messages (7 days), refused (30 days), undecided (30 days), held (365 days), builds (1 days), ledger (730 days), copies (90 days)"

	u.inWarehouse(true, func(ctx context.Context, e *engines.Engines) error {
		for _, step := range []struct {
			days  int
			tells []string // all that it tells, in any order
		}{
			{0, []string{"undecided: load 7, noted now, goes in 30 days unless it is decided"}},
			// 139 people with a stay and one with an exam, each with one milestone.
			{2, []string{"builds: removed build # of 2026-04-30, 280 rows (1 days)"}},
			{29, []string{"nothing is past its period; looked through: " + looked, "not looked through, kept as they are: replaced"}},
			{32, []string{"refused: removed coa/refused coa_stay, 5 rows (30 days)", "undecided: removed load 7 coa_stay, 3 rows (30 days)"}},
			{92, []string{"copies: removed duo/pulled, 1 files (90 days)"}},
			{367, []string{"held: removed coa/held coa_participation, 1 rows (365 days)"}},
			{732, []string{"ledger: removed ops.step, # rows (730 days)", "ledger: removed ops.run, # rows (730 days)", "ledger: removed ops.slice, # rows (730 days)", "ledger: removed ops.build_input, # rows (730 days)",
				"ledger: removed ops.slice_linkage, # rows (730 days)", "ledger: removed ops.slice_contradiction, # rows (730 days)", "ledger: removed ops.build, # rows (730 days)"}},
			{4000, []string{"nothing is past its period; looked through: " + looked, "not looked through, kept as they are: replaced"}},
		} {
			at := now.AddDate(0, 0, step.days)
			would := u.retains(ctx, e, at, landing, true)
			did := u.retains(ctx, e, at, landing, false)
			if strings.ReplaceAll(would, "would remove", "removed") != did {
				t.Errorf("after %d days a dry run tells\n%s\nand then\n%s", step.days, would, did)
			}
			var lines []string
			for line := range strings.Lines(did) {
				lines = append(lines, unnumbered(strings.TrimSpace(line), step.tells))
			}
			if diff := differences(lines, step.tells); len(diff) > 0 {
				t.Errorf("after %d days: %s", step.days, strings.Join(diff, "\n"))
			}
		}
		return nil
	})
	if got := u.value("SELECT arrayStringConcat(arraySort(groupUniqArray(concat(layer, ' ', toString(days)))), ', ') FROM ops.retention"); got !=
		"builds 1, copies 90, held 365, ledger 730, refused 30, undecided 30" {
		t.Errorf("noted are %s", got)
	}
	for name, there := range map[string]bool{"pulled/manifest.json": true, "pulled/" + page.name: false, "by-hand/" + page.name: true} {
		if _, err := os.Stat(filepath.Join(landing, "duo", filepath.FromSlash(name))); (err == nil) != there {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
	u.rebuild(days...)
	if got := editions(); got != want {
		t.Errorf("the editions are\n%s\nand were\n%s", got, want)
	}
	u.run("deliveries", "--detail").exits(0)
	u.run("release", "coa/held", "--why", "late").exits(exit.CodeFailed).says("removed")
	u.run("run", "--landing", landing, "--only", "load").exits(0) // nothing is read again
}

// unnumbered puts # in place of the numbers of a line if that makes it one that is wanted.
func unnumbered(line string, wanted []string) string {
	words := strings.Fields(line)
	for i, w := range words {
		if strings.Trim(w, "0123456789") != "" {
			continue
		}
		words[i] = "#"
		for _, want := range wanted {
			if strings.Join(words, " ") == want {
				return want
			}
		}
		words[i] = w
	}
	return line
}

// TestRetainReplaced removes rows that a newer full delivery replaced: later
// editions are what they were, earlier ones cannot be built and stay.
func TestRetainReplaced(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t).with("DOORSTROOM_KEEP_REPLACED=10"), filepath.Join(t.TempDir(), "landing")
	stays := func(id, drawnOn string, from int) {
		landed{supplier: "coa", id: id, drawnOn: drawnOn, files: []dataFile{stayFile(kindGood, from, 4)}}.write(t, landing)
	}
	town := func(id, drawnOn, mode string, codes ...string) {
		columns := []string{"recordnummer", "gemeentecode", "pseudoniem_v", "pseudoniem_b", "vestigingsdatum", "mutatie"}
		var records []fields
		for _, code := range codes {
			f := fields{"recordnummer": "R-" + code + id, "gemeentecode": code, "pseudoniem_v": pseudonym('v', len(code+id)), "vestigingsdatum": "01-02-2024"}
			if mode == "mutation" {
				f["mutatie"] = "T"
			}
			records = append(records, f)
		}
		file := dataFile{name: "r.csv", record: "municipality_residence", format: "csv", content: csvText(columns, records), rows: len(records)}
		landed{supplier: "municipality", id: id, mode: mode, drawnOn: drawnOn, codes: codes, files: []dataFile{file}}.write(t, landing)
	}
	stays("coa-1", "2026-01-10", 1)
	stays("coa-2", "2026-03-01", 3)
	stays("coa-3", "2026-03-28", 5) // replaces coa-2 for later editions only
	town("town-1", "2026-01-10", "full", "0363", "0518")
	town("town-2", "2026-02-10", "mutation", "0363")
	town("town-3", "2026-03-10", "full", "0363")
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	early, late := "2026-01-31", []string{"2026-03-21", "2026-03-31"}
	for _, day := range append(late, early) {
		u.run("run", "--only", "facts", "--as-of", day).exits(0)
	}
	want := u.run("editions", "--format", "CSV").exits(0).out
	if out := u.retainAt(time.Date(2026, 3, 31, 15, 0, 0, 0, time.UTC), landing, false); out != `replaced: removed coa/coa-1 coa_stay, 4 rows (10 days)
replaced: removed municipality/town-1 municipality_residence, 1 rows (10 days)
replaced: removed municipality/town-2 municipality_residence, 1 rows (10 days)
` {
		t.Errorf("it tells\n%s", out)
	}
	u.rebuild(late...)
	u.run("run", "--only", "facts", "--as-of", early).exits(exit.CodeFailed).says("retention", "2026-03-21")
	if got := u.run("editions", "--format", "CSV").exits(0).out; got != want {
		t.Errorf("the editions are\n%s\nand were\n%s", got, want)
	}
	u.run("deliveries", "--detail").exits(0)
	u.run("withdraw", "coa/coa-2", "--why", "test").exits(exit.CodeFailed).says("removed")
	u.run("withdraw", "coa/coa-3", "--why", "test").exits(0)
	if out := u.retainAt(time.Date(2026, 3, 31, 16, 0, 0, 0, time.UTC), "", false); !strings.HasPrefix(out, "nothing is past its period; looked through: messages (7 days), ") ||
		!strings.HasSuffix(out, "kept as they are: copies (no landing folder is given)\n") {
		t.Errorf("again it tells\n%s", out)
	}
}
