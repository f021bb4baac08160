package synth

import (
	"testing"

	"doorstroom/connectors/synth/calendar"
)

// TestDeliveriesThatFallShort: UWV delivers half a month, IDW and a municipality send files without rows; what was missing comes next.
func TestDeliveriesThatFallShort(t *testing.T) {
	const persons = 6000
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), persons)
	if err != nil {
		t.Fatal(err)
	}
	k := newMaker(m)
	out := &block{chunks: make([]chunk, len(m.plan.files))}
	k.fill(out, 0, persons)

	empty := 0
	for _, series := range append([][]*delivery{m.plan.idw}, m.plan.groups...) {
		for i, d := range series {
			if !d.empty {
				continue
			}
			empty++
			if rows, next := rowsIn(out, d), rowsIn(out, series[i+1]); rows != 0 || next == 0 {
				t.Errorf("%s holds %d rows and the delivery after it %d", d.id, rows, next)
			}
		}
	}
	if empty != 2 {
		t.Errorf("%d empty deliveries, want IDW's and one in %d municipalities", empty, emptyTowns)
	}

	half, after := m.plan.uwv[halfMonth], m.plan.uwv[halfMonth+1]
	if half.coversTo != calendar.DayOf(2025, 7, 15) || after.coversFrom != calendar.DayOf(2025, 7, 16) || after.coversTo != calendar.DayOf(2025, 8, 31) {
		t.Errorf("half a month up to %s, then %s to %s", half.coversTo.ISO(), after.coversFrom.ISO(), after.coversTo.ISO())
	}
	july := m.plan.periods.find(calendar.DayOf(2025, 7, 1), false)
	first, later := out.chunks[half.byPeriod[july].index].rows, out.chunks[after.byPeriod[july].index].rows
	if first == 0 || later == 0 || first > 3*later || later > 3*first {
		t.Errorf("%d wages of July in the first delivery, %d in the next", first, later)
	}
}

func rowsIn(b *block, d *delivery) int64 {
	sum := int64(0)
	for _, f := range d.files {
		sum += b.chunks[f.index].rows
	}
	return sum
}
