package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestAClosedEditionIsLeft releases an edition, marks it closed as ops.edition
// holds that, and then lets everything change that could change it: deliveries
// that belong to it, a withdrawal, another dbt project. The whole job leaves it
// as it is, to the byte, says so, and goes on with the rest.
func TestAClosedEditionIsLeft(t *testing.T) {
	t.Parallel()
	const closed, open = editionDay, laterDay
	u, landing := twoEditions(t)
	deliver := func(id, drawnOn string, from, n int) {
		t.Helper()
		landed{supplier: "coa", id: id, mode: "mutation", drawnOn: drawnOn, files: []dataFile{mutations(from, n)}}.write(t, landing)
	}
	job := func(asOf string, more ...string) ended {
		t.Helper()
		return u.run(append([]string{"run", "--landing", landing, "--as-of", asOf}, more...)...)
	}
	says := func(e ended, lines ...string) {
		t.Helper()
		for _, line := range lines {
			if !strings.Contains(e.out, line) {
				t.Errorf("doorstroom %s does not say %q:\n%s", e.args, line, e.out)
			}
		}
	}
	const left = "edition " + closed + ": closed, left as it is although its deliveries or the definitions changed"

	persons := func(edition string) int {
		t.Helper()
		return number(t, u.value("SELECT persons FROM ops.edition FINAL WHERE edition = '"+edition+"'"))
	}
	ofClosed, ofOpen := persons(closed), persons(open)
	closeEdition(u, closed)
	want := released(u, closed)

	t.Run("nothing new", func(t *testing.T) {
		says(job(closed).exits(0), "edition "+closed+": unchanged", "marts of "+closed+": unchanged")
	})
	deliver("late", "2026-03-02", 100, 4) // it would be of the edition
	deliver("after", "2026-05-01", 200, 2)
	t.Run("a delivery of it comes late", func(t *testing.T) {
		says(job(closed).exits(0), "2 new, 2 accepted", fmt.Sprintf("%s; %d persons", left, ofClosed), "marts of "+closed+": unchanged")
	})
	t.Run("asked for in every other way", func(t *testing.T) {
		says(u.run("run", "--from", "facts", "--as-of", closed).exits(0), left)
		says(u.run("run", "--only", "facts", "--as-of", closed, "--definitions", "1").exits(0), left)
	})
	t.Run("another edition is built with it", func(t *testing.T) {
		says(job(open).exits(0), fmt.Sprintf("edition %s: built; %d persons", open, ofOpen+6), "marts of "+open+": made and tested")
	})
	t.Run("a delivery that it was made of is withdrawn, and another one refused", func(t *testing.T) {
		u.run("withdraw", "coa/by-hand-1", "--why", "test data").exits(0)
		landed{supplier: "coa", id: "bad", mode: "mutation", files: []dataFile{{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: []byte("{}\n"), rows: 7}}}.write(t, landing)
		says(job(closed).exits(exit.CodeRefused), left)
	})
	t.Run("the marts would be made otherwise", func(t *testing.T) {
		u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
			return e.Warehouse.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) SELECT edition, build, 'of before' FROM ops.mart_build FINAL WHERE edition = ?", closed)
		})
		says(u.run("run", "--only", "marts", "--as-of", closed).exits(0), "marts of "+closed+": closed, left as they are")
	})

	got := released(u, closed)
	for what, content := range want {
		if got[what] != content {
			t.Errorf("%s of the closed edition is\n%s\nwas\n%s", what, got[what], content)
		}
	}
}

// released is all that stands of an edition: its facts, what is written with it, and its marts.
func released(u *user, edition string) map[string]string {
	u.t.Helper()
	found := u.contents(edition)
	found["row of ops.edition"] = u.value("SELECT toString(tuple(* EXCEPT written_at)) FROM ops.edition FINAL WHERE edition = '" + edition + "'")
	var parts []string
	for _, r := range u.run("sql", "--format", "CSV", "SELECT name FROM system.tables WHERE database = 'marts'").exits(0).rows() {
		parts = append(parts, "SELECT '"+r[0]+"', count(), sum(sipHash64(toJSONString(tuple(*)))) FROM marts."+r[0]+" WHERE edition = '"+edition+"'")
	}
	for _, r := range u.run("sql", "--format", "CSV", strings.Join(parts, " UNION ALL ")).exits(0).rows() {
		found["mart "+r[0]] = r[1] + " rows, hash " + r[2]
	}
	if len(found) < 20 {
		u.t.Errorf("only %d things stand of edition %s", len(found), edition)
	}
	return found
}
