package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/facts"
)

// TestInputsAreStored: what an edition was made of is what was written down when it was built, whatever came or was taken
// back since. An edition that was built before that was written down is found by the hash of its inputs.
func TestInputsAreStored(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 50)
	cutOff := day("2026-06-30")
	e.accept(t, delivery{id: 90, supplier: "coa", name: "empty", drawn: "2026-06-20", mode: "mutation", records: []string{"coa_stay", "coa_permit"}})
	_, err := e.facts.Build(t.Context(), cutOff, facts.Options{})
	must(t, err)
	want := e.text(t, "SELECT arrayStringConcat(arrayMap(id -> toString(id), arraySort(groupArray(load_id))), ' ') FROM ops.load FINAL WHERE drawn_on <= '2026-06-30'")
	if n := len(strings.Fields(want)); n < 4 || uint64(n) != e.number(t, "SELECT deliveries FROM ops.edition FINAL") {
		t.Fatalf("the edition is made of loads %s", want)
	}
	stored := func() string {
		return e.text(t, "SELECT arrayStringConcat(arrayMap(id -> toString(id), arraySort(groupArray(load_id))), ' ') FROM ops.edition_input WHERE edition = '2026-06-30'")
	}
	traced := func(when, withdrawn string) {
		t.Helper()
		standing, err := facts.ReadStanding(t.Context(), e.db, cutOff)
		must(t, err)
		var taken []string
		ids := make(map[uint64]bool)
		for _, l := range standing.Loads() {
			ids[l.ID] = true
			if l.Withdrawn {
				taken = append(taken, l.DeliveryID)
			}
		}
		for _, id := range strings.Fields(want) {
			var n uint64
			if _, err := fmt.Sscan(id, &n); err != nil || !ids[n] {
				t.Errorf("%s load %s is missing", when, id)
			}
		}
		if len(ids) != len(strings.Fields(want)) || strings.Join(taken, " ") != withdrawn {
			t.Errorf("%s it is made of %d loads, withdrawn %q, want %s, withdrawn %q", when, len(ids), taken, want, withdrawn)
		}
		if !standing.Counts("coa_stay", 90, 0) || standing.Counts("coa_placement", 90, 0) {
			t.Errorf("%s the records of load 90 are others", when)
		}
	}
	if got := stored(); got != want {
		t.Errorf("stored are loads %s, want %s", got, want)
	}
	traced("at first", "")

	e.accept(t, delivery{id: 91, supplier: "coa", name: "late", drawn: "2026-06-20", mode: "mutation", records: []string{"coa_stay"}})
	e.exec(t, "INSERT INTO ops.operator_action (at, action, subject) VALUES (now64(3), 'withdraw', 'coa/empty')")
	e.exec(t, "INSERT INTO ops.delivery SELECT * REPLACE ('refused' AS status, 'withdrawn' AS reason, decided_at + INTERVAL 1 HOUR AS decided_at) FROM ops.delivery FINAL WHERE delivery_id = 'empty'")
	traced("after a withdrawal", "empty")

	// A build that broke off just before it stood has written it down, and nobody sees that.
	e.exec(t, "INSERT INTO ops.build_input SELECT * REPLACE (build + 1 AS build, 91 AS load_id) FROM ops.build_input FINAL")
	if got := stored(); got != want {
		t.Errorf("beside a build that does not stand, stored are loads %s, want %s", got, want)
	}
	e.exec(t, "TRUNCATE TABLE ops.build_input")
	traced("of an edition of before", "empty")

	_, err = e.facts.Build(t.Context(), cutOff, facts.Options{})
	must(t, err)
	want = strings.ReplaceAll(want+" ", " 90 ", " 91 ")
	if got := stored(); got != strings.TrimSpace(want) {
		t.Errorf("built anew, it is made of loads %s, want %s", got, want)
	}
}
