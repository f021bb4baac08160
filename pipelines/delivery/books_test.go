package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// books are the decisions in a warehouse to which nothing was loaded.
type books struct {
	*testing.T
	db *warehouse.DB
}

func newBooks(t *testing.T) books {
	t.Helper()
	return books{t, enginetest.Warehouse(t)}
}

// decide writes that a delivery was accepted, or refused for a reason, with so many rows of a record and three put aside.
func (b books) decide(supplier, id, drawnOn, mode, record string, rows uint64, reason schemas.Reason, codes ...string) {
	b.Helper()
	c := closedDelivery(supplier, id, drawnOn, "a")
	c.Mode, c.Reason, c.MunicipalityCodes, c.Detail = mode, reason, codes, "why"
	if record != "" {
		c.Records = []schemas.RecordTotals{{Record: record, RowsInFiles: rows + 3, RowsAccepted: rows, RowsQuarantined: 3, Filled: map[string]uint64{"end": rows}}}
	}
	must(b, (&Decider{Warehouse: b.db}).store(b.Context(), []Verdict{verdictOn(c)}))
}

func (b books) text(query string) (s string) {
	b.Helper()
	must(b, b.db.QueryRow(b.Context(), query).Scan(&s))
	return s
}

// status is what ops.delivery has of the delivery of an id.
func (b books) status(id string) string {
	b.Helper()
	return b.text("SELECT concat(status, ' ', reason, ' ', toString(rows_in_files), '=', toString(rows_accepted), '+', toString(rows_quarantined)) FROM ops.delivery FINAL WHERE delivery_id = '" + id + "'")
}

func (b books) fails(err, want error, says string) {
	b.Helper()
	if err == nil || want != nil && !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
		b.Errorf("it ended with %v, want %v with %q", err, want, says)
	}
}

// baselines are the deliveries that those of a supplier, record and municipalities are compared with, with their rows.
func (b books) baselines(supplier, record string, codes ...string) (list []string) {
	b.Helper()
	h, err := loadHistory(b.Context(), b.db)
	must(b, err)
	for _, d := range h.full[historyKey(supplier, record, codes)] {
		list = append(list, fmt.Sprintf("%s %s %d %d", d.deliveryID, d.drawnOn, d.rows, d.filled["end"]))
	}
	slices.Sort(list)
	return list
}

// TestBooks: what operators take back and let in, what later deliveries are compared with, and what a supplier still has to see to.
func TestBooks(t *testing.T) {
	b := newBooks(t)
	ctx := t.Context()
	b.decide("coa", "full", "2026-01-01", "full", "coa_stay", 1000, "")
	b.decide("coa", "held", "2026-02-01", "full", "coa_stay", 700, schemas.ImplausibleShrink)
	b.decide("coa", "mutation", "2026-03-01", "mutation", "coa_stay", 5, "")
	b.decide("coa", "taken-back", "2026-04-01", "full", "coa_stay", 900, "")
	b.decide("coa", "broken", "2026-05-01", "full", "coa_permit", 900, schemas.HashMismatch)
	b.decide("duo", "full", "2026-01-01", "full", "duo_exam", 10, "")
	b.decide("municipality", "towns", "2026-01-01", "full", "municipality_bijstand", 500, "", "0363", "0518")

	if got := b.baselines("coa", "coa_stay"); !slices.Equal(got, []string{"full 2026-01-01 1000 1000", "taken-back 2026-04-01 900 900"}) {
		t.Errorf("compared with are %q", got)
	}
	if got := b.baselines("municipality", "municipality_bijstand", "0363", "0518"); !slices.Equal(got, []string{"towns 2026-01-01 500 500"}) {
		t.Errorf("compared with are %q", got)
	}

	b.fails(Withdraw(ctx, b.db, "", "unknown", "w", "y"), ErrNotAccepted, "no such delivery was read")
	b.fails(Withdraw(ctx, b.db, "", "held", "w", "y"), ErrNotAccepted, "does not count already")
	b.fails(Withdraw(ctx, b.db, "", "full", "w", "y"), nil, "several suppliers")
	must(t, Withdraw(ctx, b.db, "", "taken-back", "tester", "sent by mistake"))
	if got := b.status("taken-back"); got != "refused withdrawn 903=0+3" {
		t.Errorf("what was withdrawn is %s", got)
	}
	if got := b.text("SELECT concat(who, ' ', action, ' ', subject, ' ', why) FROM ops.operator_action"); got != "tester withdraw coa/taken-back sent by mistake" {
		t.Errorf("noted is %s", got)
	}
	b.fails(Withdraw(ctx, b.db, "coa", "taken-back", "w", "y"), ErrNotAccepted, "does not count already")
	known, err := Decisions(ctx, b.db)
	must(t, err)
	if sha := closedDelivery("coa", "", "", "a").ManifestSHA256; known.Refused("coa", "taken-back", sha) || !known.Refused("coa", "broken", sha) || known.Refused("coa", "full", sha) {
		t.Error("refused by a rule of the contract is only what was broken")
	}
	if got := b.baselines("coa", "coa_stay"); !slices.Equal(got, []string{"full 2026-01-01 1000 1000"}) {
		t.Errorf("after the withdrawal compared with are %q", got)
	}

	b.fails(Release(ctx, b.db, "", "broken", "w", "y"), ErrNotHeld, "refused as hash_mismatch")
	b.fails(Release(ctx, b.db, "duo", "held", "w", "y"), ErrNotHeld, "no such delivery was read")
	must(t, Release(ctx, b.db, "coa", "held", "tester", "a camp closed"))
	must(t, Release(ctx, b.db, "coa", "taken-back", "tester", "it was right"))
	for id, want := range map[string]string{"held": "accepted  703=700+3", "taken-back": "accepted  903=900+3"} {
		if got := b.status(id); got != want {
			t.Errorf("what was released is %s, want %s", got, want)
		}
	}
	if got := b.baselines("coa", "coa_stay"); len(got) != 3 {
		t.Errorf("after the releases compared with are %q", got)
	}
	b.removals(ctx)
}

// removals: what needs rows that retain removed is not done.
func (b books) removals(ctx context.Context) {
	b.decide("coa", "too-late", "2026-04-02", "full", "coa_stay", 1, schemas.ImplausibleShrink)
	retention := "INSERT INTO ops.retention (at, layer, what, load_id, unit, before) SELECT now64(3), %s, 'x', load_id, %s, toDateTime64('2026-04-01 00:00:00', 3, 'UTC') FROM ops.load FINAL WHERE delivery_id = 'too-late'"
	must(b, b.db.Exec(ctx, fmt.Sprintf(retention, "'undecided'", "'seen'")))
	must(b, stillThere(ctx, b.db, "coa", "too-late", closedDelivery("coa", "too-late", "", "a").ManifestSHA256))
	must(b, b.db.Exec(ctx, fmt.Sprintf(retention, "'held'", "'rows'")))
	b.fails(Release(ctx, b.db, "coa", "too-late", "w", "y"), ErrRowsRemoved, "too-late")
	// Of editions from 1 April on rows that were replaced are gone: what came on that day or before may have replaced them.
	must(b, b.db.Exec(ctx, fmt.Sprintf(retention, "'replaced'", "'rows'")))
	b.fails(Withdraw(ctx, b.db, "coa", "taken-back", "w", "y"), ErrRowsRemoved, "taken-back")
	b.decide("coa", "day-after", "2026-04-02", "full", "coa_stay", 900, "")
	must(b, Withdraw(ctx, b.db, "coa", "day-after", "w", "y"))
}

// TestWhatASupplierHasToSeeTo: the last word on a delivery, unless a later full delivery of the same took its place.
func TestWhatASupplierHasToSeeTo(t *testing.T) {
	b := newBooks(t)
	b.decide("coa", "a-no-manifest", "", "", "", 0, schemas.ManifestInvalid)
	b.decide("coa", "b-replaced", "2026-01-01", "full", "coa_stay", 10, schemas.HashMismatch)
	b.decide("coa", "c-permits", "2026-01-01", "full", "coa_permit", 10, schemas.HashMismatch)
	b.decide("coa", "d-later", "2026-02-01", "full", "coa_stay", 10, "")
	b.decide("coa", "e-after", "2026-03-01", "full", "coa_stay", 10, schemas.HashMismatch)
	b.decide("coa", "f-mutation", "2026-04-01", "mutation", "coa_stay", 10, "")
	b.decide("duo", "b-replaced", "2026-01-01", "full", "duo_exam", 10, schemas.HashMismatch)
	b.decide("municipality", "g-both", "2026-01-01", "full", "municipality_bijstand", 10, schemas.QuarantineOverLimit, "0363", "0518")
	b.decide("municipality", "h-one", "2026-02-01", "full", "municipality_bijstand", 10, "", "0363")
	must(t, b.db.Exec(t.Context(), "INSERT INTO ops.quarantine_entry (load_id, record, file, row, field, rule) SELECT load_id, 'coa_stay', 'a', 1, 'start', 'missing' FROM ops.load WHERE supplier = 'coa' AND drawn_on > '2026-01-31' OR delivery_id = 'b-replaced'"))
	open := func(want ...string) {
		t.Helper()
		all, err := Refusals(t.Context(), b.db)
		must(t, err)
		var got []string
		for _, r := range all {
			got = append(got, r.Supplier+"/"+r.DeliveryID+" "+r.Reason+" "+r.Detail)
		}
		if !slices.Equal(got, want) {
			t.Errorf("to see to are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	first := []string{"coa/a-no-manifest manifest_invalid why", "coa/c-permits hash_mismatch why", "coa/e-after hash_mismatch why", "duo/b-replaced hash_mismatch why"}
	open(append(first, "municipality/g-both quarantine_over_threshold why")...)
	b.decide("municipality", "i-more", "2026-03-01", "full", "municipality_bijstand", 10, "", "0014", "0363", "0518")
	open(first...)
	var got []string
	must(t, EachQuarantined(t.Context(), b.db, func(q QuarantineEntry) error { got = append(got, q.DeliveryID); return nil }))
	if want := []string{"d-later", "e-after", "f-mutation", "b-replaced"}; !slices.Equal(got, want) {
		t.Errorf("entries to see to are of %q, want %q", got, want)
	}
}
