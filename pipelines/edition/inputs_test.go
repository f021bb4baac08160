package edition_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// TestInputsAreStored: what an edition was made of is what was written down when it was built, whatever came or was taken
// back since. An edition that was built before that was written down is found by the hash of its inputs.
func TestInputsAreStored(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 50)
	cutOff := day("2026-06-30")
	e.accept(t, delivery{id: 90, supplier: "coa", name: "empty", drawn: "2026-06-20", mode: "mutation", records: []string{"coa_stay", "coa_permit"}})
	_, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	made := []uint64{1, 2, 3, 4, 5, 6, 90} // those of fill, and the one above
	e.madeOf(t, "at first", made, "")

	e.accept(t, delivery{id: 91, supplier: "coa", name: "late", drawn: "2026-06-20", mode: "mutation", records: []string{"coa_stay"}})
	e.exec(t, "INSERT INTO ops.operator_action (at, action, subject) VALUES (now64(3), 'withdraw', 'coa/empty')")
	e.exec(t, "INSERT INTO ops.delivery SELECT * REPLACE ('refused' AS status, 'withdrawn' AS reason, decided_at + INTERVAL 1 HOUR AS decided_at) FROM ops.delivery FINAL WHERE delivery_id = 'empty'")
	e.madeOf(t, "after a withdrawal", made, "empty")

	// A build that broke off just before it stood has written it down, and nobody sees that.
	e.exec(t, "INSERT INTO ops.build_input SELECT * REPLACE (build + 1 AS build, 91 AS load_id) FROM ops.build_input FINAL")
	e.madeOf(t, "beside a build that does not stand", made, "empty")

	e.exec(t, "CREATE TABLE default.kept ENGINE = Memory AS SELECT * FROM ops.build_input")
	e.exec(t, "TRUNCATE TABLE ops.build_input")
	if got := e.traced(t, cutOff, "empty"); !slices.Equal(got, made) {
		t.Errorf("an edition of before is made of loads %v, want %v", got, made)
	}
	e.exec(t, "INSERT INTO ops.build_input SELECT * FROM default.kept")

	_, err = e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	e.madeOf(t, "built anew", []uint64{1, 2, 3, 4, 5, 6, 91}, "")
}

// madeOf holds what is stored of the edition 2026-06-30, and what is read of it, against the loads that it was made of.
func (e *engine) madeOf(t *testing.T, when string, want []uint64, withdrawn string) {
	t.Helper()
	var stored []uint64
	must(t, e.db.QueryRow(t.Context(), "SELECT arraySort(groupArray(load_id)) FROM ops.edition_input WHERE edition = '2026-06-30'").Scan(&stored))
	if got := e.traced(t, day("2026-06-30"), withdrawn); !slices.Equal(got, want) || !slices.Equal(stored, want) {
		t.Errorf("%s it is made of loads %v, stored %v, want %v", when, got, stored, want)
	}
}

// traced gives the loads that an edition was made of; withdrawn names those taken back since.
func (e *engine) traced(t *testing.T, cutOff schemas.Date, withdrawn string) (loads []uint64) {
	t.Helper()
	sourced, err := edition.ReadSourced(t.Context(), e.db, cutOff)
	must(t, err)
	var taken []string
	for _, l := range sourced.Scope.Loads {
		loads = append(loads, l.ID)
		if l.Withdrawn {
			taken = append(taken, l.DeliveryID)
		}
	}
	if got := strings.Join(taken, " "); got != withdrawn {
		t.Errorf("withdrawn since are %q, want %q", got, withdrawn)
	}
	last := slices.Max(loads) // a mutation of stays after the full delivery of COA
	if !sourced.Scope.Counts("coa_stay", last, 0) || sourced.Scope.Counts("coa_placement", last, 0) {
		t.Errorf("of load %d other records count than its manifest names", last)
	}
	slices.Sort(loads)
	return loads
}
