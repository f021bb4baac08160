package synth

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// TestMergersAreDelivered: before a merger its municipalities deliver under their own codes; the full delivery of the
// successor names those too. The mergers are those of the reference file.
func TestMergersAreDelivered(t *testing.T) {
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), 6000)
	if err != nil {
		t.Fatal(err)
	}
	k := newMaker(m)
	out := &block{chunks: make([]chunk, len(m.plan.files))}
	k.fill(out, 0, 6000)
	before := map[string]*delivery{}
	for _, d := range m.plan.before {
		text := ""
		for _, f := range d.files {
			text += string(out.chunks[f.index].text)
		}
		for _, code := range d.codes {
			before[code] = d
		}
		// Of a part that joined a municipality which stayed few lived there: they need not be in so small a population.
		if has := func(code string) bool { return strings.Contains(text, code) }; len(d.codes) > 1 && !slices.ContainsFunc(d.codes, has) {
			t.Errorf("%s holds no record of its municipalities", d.id)
		}
	}
	for i, merger := range mergersOfTheReference(t) {
		old, successor, on := merger[0], merger[1], merger[2]
		if m := population.Mergers[i]; m.Old != old || m.Successor != successor || m.On.ISO() != on {
			t.Errorf("the merger of %s is one of %s into %s on %s", old, m.Old, m.Successor, m.On.ISO())
		}
		if d := before[old]; d == nil || d.drawn.ISO() >= on || d.drawn.AddMonths(2).ISO() < on || !d.full || slices.Contains(d.codes, successor) {
			t.Errorf("%s merged on %s: the delivery before it is %+v", old, on, d)
		}
		named := 0
		for _, series := range m.plan.groups {
			if d := series[0]; slices.Contains(d.codes, old) && slices.Contains(d.codes, successor) && d.drawn.ISO() > on {
				named++
			}
		}
		if named != 1 {
			t.Errorf("%d later full deliveries of %s name %s, want one", named, successor, old)
		}
	}
	if len(before) != 14 {
		t.Errorf("%d municipalities delivered before they merged, want 14", len(before))
	}
}

// mergersOfTheReference gives the old code, the new one and the day of each.
func mergersOfTheReference(t *testing.T) (list [][3]string) {
	t.Helper()
	f, err := os.Open("../../schemas/reference/municipality_mergers_2021_2023.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		list = append(list, [3]string{strings.TrimPrefix(line[0], "GM"), strings.TrimPrefix(line[2], "GM"), line[4]})
	}
	return list
}

// TestCOASendsOneMutationTwice: under another id, on the same day, with the same files.
func TestCOASendsOneMutationTwice(t *testing.T) {
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var again []*delivery
	for _, d := range m.plan.deliveries {
		if d.resends != nil {
			again = append(again, d)
		}
	}
	if len(again) != 1 {
		t.Fatalf("%d deliveries are sent twice, want one", len(again))
	}
	if d := again[0]; d.supplier != "coa" || d.full || d.id == d.resends.id || d.drawn != d.resends.drawn {
		t.Errorf("sent twice is %+v", *d)
	}
}
