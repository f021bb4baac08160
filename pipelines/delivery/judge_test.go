package delivery

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// closedOf is a full delivery of coa_stay by its counts, with a manifest of its own.
func closedOf(supplier, id, drawnOn, manifest string, rows uint64) schemas.Closed {
	c := closedDelivery(supplier, id, drawnOn, manifest)
	c.Records = []schemas.RecordTotals{
		{Record: "coa_stay", RowsInFiles: rows + 3, RowsAccepted: rows, RowsQuarantined: 3},
		{Record: "coa_permit", RowsInFiles: 10, RowsAccepted: 10},
	}
	return c
}

// said shortens verdicts to what was decided, with the counts of ops.delivery.
func said(verdicts []Verdict) (list []string) {
	for _, v := range verdicts {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s/%s %s %d=%d+%d %s", v.Supplier, v.DeliveryID, v.Status, v.RowsInFiles, v.RowsAccepted, v.RowsQuarantined, v.Reason)))
	}
	return list
}

func noHistory() *history { return &history{full: make(map[string][]earlier)} }

// TestJudge goes through the ways in which a delivery is decided, or waits, in the order of the contract.
func TestJudge(t *testing.T) {
	withReason := func(c schemas.Closed, r schemas.Reason) schemas.Closed { c.Reason = r; return c }
	known := NothingKnown()
	known.add("coa", "decided", closedOf("coa", "decided", "", "a", 0).ManifestSHA256, Refused)
	known.add("coa", "reused", closedOf("coa", "reused", "", "a", 0).ManifestSHA256, Accepted)
	known.add("coa", "mended", closedOf("coa", "mended", "", "a", 0).ManifestSHA256, Refused)
	closed := inOrder([]schemas.Closed{
		closedOf("coa", "decided", "2026-01-01", "a", 5),
		closedOf("coa", "reused", "2026-01-02", "b", 5),
		closedOf("coa", "mended", "2026-01-03", "b", 1000),
		withReason(closedOf("coa", "broken", "2026-01-04", "a", 5000), schemas.HashMismatch),
		closedOf("coa", "small", "2026-01-05", "a", 799),
		closedOf("coa", "as-small", "2026-01-06", "a", 799),
		closedOf("coa", "twice", "2026-01-07", "a", 800),
		closedOf("coa", "twice", "2026-01-08", "b", 900),
	})
	verdicts, err := judge(closed, known, noHistory(), nil)
	want := []string{
		"coa/reused refused 18=0+3 delivery_id_reused",
		"coa/mended accepted 1013=1010+3",
		"coa/broken refused 5013=0+3 hash_mismatch", // and no baseline of what comes after
		"coa/small refused 812=0+3 implausible_shrink",
		"coa/as-small refused 812=0+3 implausible_shrink", // a held delivery is no baseline either
		"coa/twice accepted 813=810+3",
		"coa/twice refused 913=0+3 delivery_id_reused", // within one run too
	}
	if got := said(verdicts); err != nil || !slices.Equal(got, want) {
		t.Errorf("decided was\n%s\nand %v, want\n%s", strings.Join(got, "\n"), err, strings.Join(want, "\n"))
	}
	for _, v := range verdicts {
		if same, _ := known.Decided(v.Supplier, v.DeliveryID, v.ManifestSHA256); same != (v.Status == Accepted) {
			t.Errorf("%s, %s: known afterwards is %v", v.DeliveryID, v.Status, same)
		}
	}
}

// TestWhatCannotBeDecidedWaits: with what comes after it of its supplier, and nothing else does.
func TestWhatCannotBeDecidedWaits(t *testing.T) {
	lost, alsoLost := closedOf("coa", "lost", "2026-01-02", "a", 5), closedOf("uwv", "lost", "2026-01-01", "a", 5)
	first, second := errors.New("first"), errors.New("second")
	refused := closedOf("coa", "after", "2026-01-03", "a", 5)
	refused.Reason = schemas.HashMismatch
	verdicts, err := judge(inOrder([]schemas.Closed{refused, lost, closedOf("coa", "before", "2026-01-01", "a", 5), closedOf("duo", "other", "2026-06-01", "a", 5), alsoLost}),
		NothingKnown(), noHistory(), map[uint64]error{lost.LoadID: first, alsoLost.LoadID: second})
	if want := []string{"coa/before accepted 18=15+3", "duo/other accepted 18=15+3"}; !slices.Equal(said(verdicts), want) {
		t.Errorf("decided was %q, want %q", said(verdicts), want)
	}
	if !errors.Is(err, first) || !errors.Is(err, second) {
		t.Errorf("the error is %v, want both", err)
	}
	// Of what is refused anyhow nothing needs to be there.
	verdicts, err = judge([]schemas.Closed{refused}, NothingKnown(), noHistory(), map[uint64]error{refused.LoadID: first})
	if want := []string{"coa/after refused 18=0+3 hash_mismatch"}; err != nil || !slices.Equal(said(verdicts), want) {
		t.Errorf("decided was %q, %v", said(verdicts), err)
	}
}

// TestInOrder: by supplier, day and id, as the contract has it.
func TestInOrder(t *testing.T) {
	var got []string
	for _, c := range inOrder([]schemas.Closed{
		closedOf("uwv", "a", "2026-01-01", "a", 0), closedOf("coa", "a", "2026-01-03", "a", 0), closedOf("coa", "c", "2026-01-02", "a", 0), closedOf("coa", "b", "2026-01-03", "a", 0),
	}) {
		got = append(got, c.Supplier+c.DeliveryID)
	}
	if want := []string{"coac", "coaa", "coab", "uwva"}; !slices.Equal(got, want) {
		t.Errorf("the order is %q, want %q", got, want)
	}
}

// TestRefusedByTheContract: what an operator took back was not refused by a rule, and is not asked for again.
func TestRefusedByTheContract(t *testing.T) {
	k := NothingKnown()
	k.add("coa", "refused", "m", Refused)
	k.add("coa", "accepted", "m", Accepted)
	k.add("coa", "withdrawn", "m", Refused)
	k.takenBack[attempt{deliveryKey{"coa", "withdrawn"}, "m"}] = true
	for id, want := range map[string]bool{"refused": true, "accepted": false, "withdrawn": false, "unknown": false} {
		if k.Refused("coa", id, "m") != want {
			t.Errorf("%s: refused is %v", id, !want)
		}
	}
}

// TestWhatIsNotHeld is not released, and the reason says why.
func TestWhatIsNotHeld(t *testing.T) {
	held := attemptAt{"coa", "m", Refused, string(schemas.ImplausibleShrink)}
	refused := attemptAt{"coa", "m", Refused, string(schemas.HashMismatch)}
	accepted := attemptAt{"coa", "m", Accepted, ""}
	for _, c := range []struct {
		held, last attemptAt
		suppliers  int
		accepted   bool
		want       string
	}{
		{held, held, 2, false, "several suppliers"},
		{attemptAt{}, accepted, 0, true, "it is accepted already"},
		{held, accepted, 1, true, "it is accepted already"},
		{attemptAt{}, refused, 0, false, "it was refused as hash_mismatch"},
		{held, held, 1, false, ""},
		{held, refused, 1, false, ""}, // another manifest was refused since
	} {
		err := checkHeld("d", c.held, c.last, c.suppliers, c.accepted)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: %v, want %q", c, err, c.want)
		}
		if err != nil && c.suppliers < 2 && !errors.Is(err, ErrNotHeld) {
			t.Errorf("%v is no ErrNotHeld", err)
		}
	}
}

// TestStoredDays: a day outside of what the column holds is stored as the nearest, one that is none as none.
func TestStoredDays(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-28": "2026-02-28", "1970-01-01": "1970-01-01", "1900-01-01": "1900-01-01", "1899-12-31": "1900-01-01", "2299-12-31": "2299-12-31", "2300-01-01": "2299-12-31",
		"": "", "2026-02-30": "", "x": "",
	} {
		got := ""
		if d := day(text); d != nil {
			got = d.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%q is stored as %q, want %q", text, got, want)
		}
	}
}
