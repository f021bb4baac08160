package retain

import (
	"fmt"
	"testing"
	"time"

	"doorstroom/deploy/testservers/enginetest"
)

// TestRowsOfStandingEditionsStay: what an edition was made of goes for no period while it stands, also when the delivery
// was withdrawn since or the books forgot the load; then it does, and what no edition was made of goes at once.
func TestRowsOfStandingEditionsStay(t *testing.T) {
	db := enginetest.Warehouse(t)
	exec := func(query string) {
		t.Helper()
		if err := db.Exec(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	const used, unused, forgotten = 1, 2, 3
	for id, name := range map[int]string{used: "used", unused: "unused", forgotten: ""} {
		exec(fmt.Sprintf("INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id) VALUES (%d, 0, 1, 'S')", id))
		if id == forgotten {
			continue
		}
		exec(fmt.Sprintf("INSERT INTO ops.load (load_id, supplier, delivery_id, manifest_sha256, written_at) VALUES (%d, 'coa', '%s', 'sha', '2026-01-01 00:00:00')", id, name))
		exec(fmt.Sprintf("INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, status, reason, decided_at) VALUES ('coa', '%s', 'sha', 'refused', 'withdrawn', '2026-01-01 00:00:00')", name))
	}
	exec("INSERT INTO ops.retention (at, layer, what, load_id, unit) VALUES ('2026-01-01 00:00:00', 'undecided', 'load 3', 3, 'seen')")
	exec(fmt.Sprintf("INSERT INTO ops.build_input (build, edition, load_id) VALUES (10, '2026-01-31', %d), (10, '2026-01-31', %d)", used, forgotten))
	exec("INSERT INTO ops.edition (edition, build, closed, written_at) VALUES ('2026-01-31', 10, true, '2026-02-01 00:00:00')")
	job := Job{Warehouse: db, Periods: Periods{Refused: 30, Held: 365}, Now: time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)}
	removes := func(when string, want ...uint64) {
		t.Helper()
		removed, err := job.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[uint64]uint64)
		for _, r := range removed {
			got[r.Load] += r.Amount
		}
		for _, id := range want {
			if got[id] != 1 {
				t.Errorf("%s %d rows of load %d are removed, want 1", when, got[id], id)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s %v is removed, want rows of loads %v", when, got, want)
		}
	}
	removes("while the edition stands", unused)
	exec("INSERT INTO ops.edition (edition, build, closed, written_at) VALUES ('2026-01-31', 11, false, '2026-02-02 00:00:00')")
	removes("when another build stands", used, forgotten)
}
