package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/lineage"
	"doorstroom/schemas"
)

// TestExplain tells where facts came from, for people of every linkage, and
// says nothing of them but on stdout.
func TestExplain(t *testing.T) {
	t.Parallel()
	all := newSupply(t)
	u, _ := twoEditions(t)
	explain := func(id string) ended { return u.withInput(id, "explain", "--edition", editionDay) }

	t.Run("a conflict", func(t *testing.T) {
		e := explain("v" + pseudonym('v', 1)).exits(0).says("inside the walls")
		e.shows("linkage conflict; pseudonyms v"+pseudonym('v', 1)+"\n", "none of these links is used", "b"+pseudonym('b', 1)+", held by coa: coa_participation HAND-1 [1] row 1\n", "b"+pseudonym('b', 2)+", held by coa: coa_participation HAND-2 [1] row 2\n",
			"v"+pseudonym('v', 1)+", held by coa: coa_participation [1] rows 1-2\n",
			"first_participation", "coa_participation HAND-1", "participation.jsonl", sha256Of(t, all, "coa/by-hand-1/participation.jsonl"))
	})
	t.Run("a merged dossier", func(t *testing.T) {
		explain("v"+pseudonym('v', 2)).exits(0).shows("linkage linked; pseudonyms b"+pseudonym('b', 3)+", v"+pseudonym('v', 2)+", v"+pseudonym('v', 3)+"\n",
			"linked by coa_participation [1] rows 3-4")
	})
	t.Run("a withdrawn link", func(t *testing.T) {
		explain("v"+pseudonym('v', 4)).exits(0).shows("linkage linked; pseudonyms b"+pseudonym('b', 4)+", v"+pseudonym('v', 4)+"\n",
			"HAND-6 [1] row 6: deleted (V), see coa_participation HAND-6 [2] row 1", "by-hand-2")
	})
	t.Run("nobody", func(t *testing.T) {
		for _, id := range []string{"v" + pseudonym('v', 3), "v" + pseudonym('x', 9), "b" + pseudonym('v', 1)} {
			explain(id).exits(2).says("no such person in edition " + editionDay)
		}
		u.withInput("v"+pseudonym('v', 1), "explain", "--edition", "2020-01-01").exits(1).says("edition 2020-01-01: no such edition")
	})
	t.Run("what is given", func(t *testing.T) {
		one := "v" + pseudonym('v', 1)
		explain("sentinel").exits(2).says("line 1 of standard input is not a pseudonym")
		explain("").exits(2).says("no pseudonym on standard input")
		explain(one + "\nb" + pseudonym('b', 1)).exits(2).says("one at a time")
		u.run("explain", "--edition", editionDay, one).exits(2).says("command line", "standard input")
		file := filepath.Join(t.TempDir(), "person.txt")
		if err := os.WriteFile(file, []byte(one+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		u.run("explain", "--edition", editionDay, file).exits(0).shows(one)
	})
	t.Run("everybody", func(t *testing.T) { everybody(t, u) })
	assertOnlyInWarehouse(t, u.data)
}

// shows checks that stdout holds every text.
func (e ended) shows(texts ...string) {
	e.t.Helper()
	for _, text := range texts {
		if !strings.Contains(e.out, text) {
			e.t.Errorf("doorstroom %s does not show %q:\n%s", e.args, text, e.out)
		}
	}
}

// sourced is the end of a line that names a row.
var sourced = regexp.MustCompile(`\[\d+\] rows? \d`)

// everybody explains people until every kind of fact was seen. Explain itself holds what it tells against
// the stored facts; here every milestone, spell and status must name a row, except a status that no record gives.
func everybody(t *testing.T, u *user) {
	seen := map[string]bool{}
	ids := u.run("sql", "--format", "CSV", "SELECT person_id FROM facts.person WHERE edition = '"+editionDay+
		"' ORDER BY person_id IN (SELECT person_id FROM facts.month_status WHERE edition = '"+editionDay+"' AND dual AND NOT working) DESC, person_id").exits(0).rows()
	day, _ := schemas.ParseISO(editionDay)
	err := u.app(io.Discard).WithWarehouse(t.Context(), func(ctx context.Context, e *engines.Engines) error {
		for _, id := range ids[:min(25, len(ids))] {
			r, err := lineage.Explain(ctx, e.Warehouse, day, id[0])
			if err != nil {
				return err
			}
			var out bytes.Buffer
			if err := r.Print(&out); err != nil {
				return err
			}
			checkTimeline(t, out.String(), seen)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"application", "permit", "settled", "language_a2", "first_job", "sustained_6", "bijstand_start", "work_spell", "job", "bijstand_spell", "status", "dual"} {
		if !seen[kind] {
			t.Errorf("nobody has %s, so nothing is shown about it", kind)
		}
	}
}

// columns of the timeline stand two blanks or more apart.
var columnGap = regexp.MustCompile(` {2,}`)

func checkTimeline(t *testing.T, out string, seen map[string]bool) {
	t.Helper()
	_, timeline, _ := strings.Cut(out, "\ntimeline\n")
	for line := range strings.Lines(timeline) {
		if line == "\n" {
			return
		}
		columns := columnGap.Split(strings.TrimSpace(line), -1)
		if len(columns) < 3 {
			t.Fatalf("a line of the timeline has %d columns", len(columns))
		}
		kind, _, _ := strings.Cut(columns[1], " ")
		seen[kind] = true
		if !sourced.MatchString(line) && !slices.Contains([]string{"azc_in_procedure", "azc_with_permit", "unknown"}, columns[2]) {
			t.Errorf("a fact names no row: %s", fmt.Sprint(columns[1:]))
		}
		checkStatus(t, columns, seen)
	}
}

// checkStatus holds that statuses name the records that only together make them.
func checkStatus(t *testing.T, columns []string, seen map[string]bool) {
	t.Helper()
	stage, _, _ := strings.Cut(columns[2], ",")
	if stage == "azc_with_permit" && !strings.Contains(columns[len(columns)-1], "coa_permit") {
		t.Error("nothing tells of the permit in an azc")
	}
	if strings.Contains(columns[2], ", dual") && !strings.Contains(columns[2], ", working") {
		seen["dual"] = true
		for _, record := range []string{"municipality_provision", "municipality_inburgering"} {
			if !strings.Contains(columns[len(columns)-1], record) {
				t.Errorf("a dual status names no %s", record)
			}
		}
	}
}

// TestWithdrawnSince explains editions that stand and were made of a delivery that was withdrawn after it.
func TestWithdrawnSince(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	v := pseudonym('v', 1)
	deliver := func(id, drawn, record, start string) {
		deliverParticipations(t, landing, id, drawn, took("T", record, v, "", start))
		u.run("run", "--landing", landing, "--only", "load").exits(0)
	}
	deliver("kept", "2026-01-31", "KEPT", "2025-01-02")
	deliver("wrong", "2026-01-31", "WRONG", "2025-01-01")
	u.builds("2026-01-31")
	u.builds("2026-04-30")
	closeEdition(u, "2026-01-31")
	deliver("late", "2026-01-30", "LATE", "2025-01-03") // drawn in time, and yet not in the edition
	explain := func(edition string) ended { return u.withInput("v"+v, "explain", "--edition", edition) }
	standsAs := func(e ended, withdrawn bool) {
		t.Helper()
		e.exits(0).shows("WRONG")
		if strings.Contains(e.out, "LATE") || strings.Contains(e.out, "coa/wrong  mutation, drawn 2026-01-31, withdrawn since") != withdrawn {
			t.Errorf("coa/wrong withdrawn: want %v, and coa/late not there:\n%s", withdrawn, e.out)
		}
	}
	standsAs(explain("2026-01-31"), false)
	u.run("withdraw", "late", "--why", "test").exits(0)
	u.run("withdraw", "wrong", "--why", "test").exits(0)
	standsAs(explain("2026-01-31"), true)
	standsAs(explain("2026-04-30"), true) // until it is built again
	u.builds("2026-04-30")
	again := explain("2026-04-30").exits(0)
	again.shows("KEPT")
	if strings.Contains(again.out, "WRONG") {
		t.Error("what is built again has the withdrawn delivery")
	}
	u.run("diff", "2026-01-31", "2026-04-30").exits(0).shows("withdrawn records")

	u.run("release", "wrong", "--why", "test").exits(0)
	standsAs(explain("2026-01-31"), false)

	u.run("withdraw", "wrong", "--why", "test").exits(0)
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.retention (at, layer, what, load_id, unit) SELECT now64(3), 'held', 'coa/wrong', load_id, 'rows' FROM ops.load WHERE delivery_id = 'wrong'")
	})
	e := explain("2026-01-31").exits(exit.CodeFailed).says("edition 2026-01-31: rows that it is made of were removed", "withdrawn since: coa/wrong")
	if e.out != "" {
		t.Error("and yet something is told")
	}
}

// TestUntraceable shows what is said of editions whose facts cannot be traced any more.
func TestUntraceable(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	v := pseudonym('v', 1)
	deliverParticipations(t, landing, "kept", "2026-01-31", took("T", "KEPT", v, "", "2025-01-01"))
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.builds("2026-01-31")
	u.builds("2026-04-30")
	closeEdition(u, "2026-01-31")
	explain := func(edition string) ended { return u.withInput("v"+v, "explain", "--edition", edition) }
	diff := func(edition string) ended { return u.run("diff", edition, "2026-04-30") }
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE ('of another version' AS inputs, now64(6) AS written_at) FROM ops.edition FINAL")
	})
	for _, command := range []func(string) ended{explain, diff} {
		e := command("2026-01-31").exits(exit.CodeFailed).says("edition 2026-01-31: its facts cannot be traced", "another version of the program made it; it was released, so its numbers stay")
		if e.out != "" {
			t.Error("and yet something is told")
		}
		command("2026-04-30").exits(exit.CodeFailed).says("edition 2026-04-30: its facts cannot be traced", "another version of the program made it; build it again with 'doorstroom run --from facts --as-of 2026-04-30'")
	}
	u.builds("2026-04-30")
	explain("2026-04-30").exits(0).shows("KEPT")
}

// sha256Of is the hash of a delivered file, in hex.
func sha256Of(t *testing.T, s *supply, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
