package load

import (
	"slices"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// TestAHeldDeliveryIsNoBaseline: what is held was not accepted, so the one after it is compared with the one before it,
// within one run and between runs, until a person releases it.
func TestAHeldDeliveryIsNoBaseline(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	stays := func(id, drawnOn string, n int, fill bool) *sending {
		d := newSending("coa", id, drawnOn, "a").file("coa_stay", "a.jsonl", 0, upTo(n)...)
		d.Records[0].Filled = map[string]uint64{"pseudonym_v": uint64(n)}
		if fill {
			d.Records[0].Filled["end"] = uint64(n)
		}
		e.sendDelivery(t, d)
		return d
	}
	reasons := func(list ...*sending) (found []schemas.Reason) {
		for _, v := range e.decide(t, list...) {
			found = append(found, v.Reason)
		}
		return found
	}
	// 700 is held; 650 is under 80 % of 1000, though not of 700. Held with it is one that fills a field no more.
	first := reasons(stays("d1", "2026-01-01", 1000, true), stays("d2", "2026-01-02", 700, true), stays("d3", "2026-01-03", 650, true), stays("d4", "2026-01-04", 900, false))
	if want := []schemas.Reason{"", schemas.ImplausibleShrink, schemas.ImplausibleShrink, schemas.ImplausibleEmpty}; !slices.Equal(first, want) {
		t.Errorf("reasons %q, want %q", first, want)
	}
	if next := reasons(stays("d5", "2026-01-05", 600, true), stays("d6", "2026-01-06", 950, false)); !slices.Equal(next, []schemas.Reason{schemas.ImplausibleShrink, schemas.ImplausibleEmpty}) {
		t.Errorf("in the next run the reasons are %q", next)
	}
	must(t, delivery.Release(t.Context(), e.db, "coa", "d4", "tester", "stays have no end any more"))
	if after := reasons(stays("d7", "2026-01-07", 720, false), stays("d8", "2026-01-08", 719, false)); !slices.Equal(after, []schemas.Reason{"", ""}) {
		t.Errorf("after the release the reasons are %q", after)
	}
	must(t, delivery.Reconciled(t.Context(), e.db))
}
