package delivery

import (
	"strings"
	"testing"

	"doorstroom/schemas"
)

// counted is a full delivery of coa_stay by its counts only.
func counted(id, drawnOn string, rows uint64) schemas.Closed {
	return schemas.Closed{
		Opened: schemas.Opened{Supplier: "coa", DeliveryID: id}, DrawnOn: drawnOn, Mode: "full",
		Records: []schemas.RecordTotals{{Record: "coa_stay", RowsInFiles: rows, RowsAccepted: rows}},
	}
}

func TestImplausibleShrinkAtItsBoundaries(t *testing.T) {
	for _, c := range []struct {
		before, now uint64
		held        bool
	}{
		{1000, 800, false}, {1000, 799, true}, {1001, 800, true}, {999, 1, false}, {1000, 0, true},
		{100, 0, true}, {99, 0, false}, {100, 1, false}, {0, 0, false}, {2000, 5000, false},
	} {
		h := &history{full: make(map[string][]earlier)}
		h.add(counted("d1", "2026-01-01", c.before))
		reason, _ := h.implausible(counted("d2", "2026-01-02", c.now))
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
	h := &history{full: make(map[string][]earlier)}
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
		if reason, _ := h.implausible(c.now); (reason != "") != c.held {
			t.Errorf("%s: reason is %q", c.now.DeliveryID, reason)
		}
	}
	mutation.DrawnOn, mutation.DeliveryID, mutation.Records[0].RowsAccepted = "2026-01-08", "d8", 0
	if reason, _ := h.implausible(mutation); reason != "" {
		t.Errorf("a mutation was held: %s", reason)
	}
}

func TestShrinkOfMunicipalitiesIsPerSetOfCodes(t *testing.T) {
	of := func(id, drawnOn string, rows uint64, codes ...string) schemas.Closed {
		c := counted(id, drawnOn, rows)
		c.Supplier, c.MunicipalityCodes, c.Records[0].Record = "municipality", codes, "municipality_bijstand"
		return c
	}
	h := &history{full: make(map[string][]earlier)}
	h.add(of("d1", "2026-01-01", 5000, "0014", "0034"))
	for _, c := range []struct {
		now  schemas.Closed
		held bool
	}{
		{of("d2", "2026-01-02", 10, "0014"), false},
		{of("d3", "2026-01-03", 10, "0014", "0034"), true},
	} {
		if reason, _ := h.implausible(c.now); (reason != "") != c.held {
			t.Errorf("%s: reason is %q", c.now.DeliveryID, reason)
		}
	}
}

// filling gives the counts of a delivery of which n rows fill the end of a stay and one pseudonym.
func filling(id, drawnOn string, rows, n uint64) schemas.Closed {
	c := counted(id, drawnOn, rows)
	c.Records[0].Filled = map[string]uint64{"pseudonym_v": rows}
	if n > 0 {
		c.Records[0].Filled["end"], c.Records[0].Filled["pseudonym_b"] = n, n
	}
	return c
}

// TestImplausibleEmptyAtItsBoundaries: 100 rows that filled a field before, 100 rows of which none does now.
func TestImplausibleEmptyAtItsBoundaries(t *testing.T) {
	for _, c := range []struct {
		filledBefore, now, filledNow uint64
		held                         bool
	}{
		{100, 500, 0, true}, {99, 500, 0, false}, {100, 500, 1, false}, {100, 100, 0, true}, {100, 99, 0, false}, {500, 100, 1, false}, {0, 500, 0, false},
	} {
		h := &history{full: make(map[string][]earlier)}
		h.add(filling("d1", "2026-01-01", 500, c.filledBefore))
		reason, detail := h.implausible(filling("d2", "2026-01-02", c.now, c.filledNow))
		if held := reason == schemas.ImplausibleEmpty; held != c.held || !held && reason != "" {
			t.Errorf("filled %d before, %d of %d now: reason %q", c.filledBefore, c.filledNow, c.now, reason)
		}
		if c.held && !strings.HasPrefix(detail, "coa_stay: none of ") {
			t.Errorf("the detail is %q", detail)
		}
	}
}

// TestEmptyNamesRecordAndField: each optional field and each of the two pseudonyms counts, the first of the record is named.
func TestEmptyNamesRecordAndField(t *testing.T) {
	h := &history{full: make(map[string][]earlier)}
	h.add(filling("d1", "2026-01-01", 500, 500))
	now := filling("d2", "2026-01-02", 500, 500)
	delete(now.Records[0].Filled, "end")
	reason, detail := h.implausible(now)
	if reason != schemas.ImplausibleEmpty || detail != "coa_stay: none of 500 rows fills end (column einddatum), in the full delivery d1 before it 500 did" {
		t.Errorf("%s: %s", reason, detail)
	}
	now.Records[0].Filled = map[string]uint64{"pseudonym_b": 500, "end": 500}
	if reason, detail := h.implausible(now); reason != schemas.ImplausibleEmpty || !strings.HasPrefix(detail, "coa_stay: none of 500 rows fills pseudonym_v (column pseudoniem_v)") {
		t.Errorf("%s: %s", reason, detail)
	}
	now.Mode = "mutation"
	if reason, _ := h.implausible(now); reason != "" {
		t.Errorf("a mutation was held: %s", reason)
	}
	// Shrinking comes before, whichever record it is.
	both := filling("d3", "2026-01-03", 1000, 1000)
	both.Records = append(both.Records, schemas.RecordTotals{Record: "coa_permit", RowsAccepted: 1000, Filled: map[string]uint64{}})
	h.add(both)
	both.DrawnOn, both.DeliveryID = "2026-01-04", "d4"
	both.Records = []schemas.RecordTotals{{Record: "coa_stay", RowsAccepted: 1000, Filled: map[string]uint64{}}, {Record: "coa_permit", RowsAccepted: 799}}
	if reason, _ := h.implausible(both); reason != schemas.ImplausibleShrink {
		t.Errorf("the reason is %s", reason)
	}
}
