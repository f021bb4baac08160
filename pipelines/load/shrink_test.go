package load

import (
	"testing"

	"doorstroom/schemas"
)

// counted is a full delivery of coa_stay by its counts only.
func counted(id, drawnOn string, rows uint64) schemas.Closed {
	d := newDelivery("coa", id, drawnOn, "a")
	d.Records = []schemas.RecordTotals{{Record: "coa_stay", RowsInFiles: rows, RowsAccepted: rows}}
	return d.Closed
}

func TestImplausibleShrinkAtItsBoundaries(t *testing.T) {
	for _, c := range []struct {
		before, now uint64
		held        bool
	}{
		{1000, 800, false}, {1000, 799, true}, {1001, 800, true}, {999, 1, false}, {1000, 0, true},
		{100, 0, true}, {99, 0, false}, {100, 1, false}, {0, 0, false}, {2000, 5000, false},
	} {
		h := &history{held: make(map[string][]heldRecord)}
		h.add(counted("d1", "2026-01-01", c.before))
		reason, _ := h.shrink(counted("d2", "2026-01-02", c.now))
		if held := reason == schemas.ImplausibleShrink; held != c.held {
			t.Errorf("%d rows after %d: held is %v", c.now, c.before, held)
		}
	}
}

func TestShrinkComparesWithTheNewestEarlierFullDelivery(t *testing.T) {
	mutation := counted("d4", "2026-01-04", 5000)
	mutation.Mode = "mutation"
	otherRecord := counted("d5", "2026-01-05", 5000)
	otherRecord.Records[0].Record = "coa_permit"
	h := &history{held: make(map[string][]heldRecord)}
	for _, c := range []schemas.Closed{
		counted("d3", "2026-01-03", 1000), counted("d1", "2026-01-01", 9000), counted("d7", "2026-01-07", 9000),
		counted("d6b", "2026-01-06", 9000), mutation, otherRecord,
	} {
		h.add(c)
	}
	for _, c := range []struct {
		now  schemas.Closed
		held bool
	}{
		{counted("d6a", "2026-01-06", 800), false}, // before d6b of the same day: d3 counts
		{counted("d6c", "2026-01-06", 800), true},  // after d6b of the same day
		{counted("d0", "2025-12-31", 1), false},    // nothing earlier
	} {
		if reason, _ := h.shrink(c.now); (reason != "") != c.held {
			t.Errorf("%s: reason is %q", c.now.DeliveryID, reason)
		}
	}
	mutation.DrawnOn, mutation.DeliveryID, mutation.Records[0].RowsAccepted = "2026-01-08", "d8", 0
	if reason, _ := h.shrink(mutation); reason != "" {
		t.Errorf("a mutation was held: %s", reason)
	}
}

func TestShrinkOfMunicipalitiesIsPerSetOfCodes(t *testing.T) {
	of := func(id, drawnOn string, rows uint64, codes ...string) schemas.Closed {
		c := counted(id, drawnOn, rows)
		c.Supplier, c.MunicipalityCodes, c.Records[0].Record = "municipality", codes, "municipality_bijstand"
		return c
	}
	h := &history{held: make(map[string][]heldRecord)}
	h.add(of("d1", "2026-01-01", 5000, "0014", "0034"))
	for _, c := range []struct {
		now  schemas.Closed
		held bool
	}{
		{of("d2", "2026-01-02", 10, "0014"), false},
		{of("d3", "2026-01-03", 10, "0014", "0034"), true},
	} {
		if reason, _ := h.shrink(c.now); (reason != "") != c.held {
			t.Errorf("%s: reason is %q", c.now.DeliveryID, reason)
		}
	}
}
