package population

import (
	"math"
	"testing"

	"doorstroom/connectors/synth/calendar"
)

// TestEveryPersonHasASeat: seats are dealt out once each, and lead back to their person; also for numbers of persons that the first stride does not suit.
func TestEveryPersonHasASeat(t *testing.T) {
	for _, persons := range []int{1, 2, 3, 8, 610, 1000, 4181, 5040} {
		m := NewModel(3, calendar.DayOf(2026, 6, 30), persons)
		taken := map[[2]int]bool{}
		for n := range persons {
			s := m.seatOf(n)
			taken[[2]int{s.index, s.rank}] = true
			if back := m.seats.personAt(s.index, s.rank); back != n {
				t.Fatalf("of %d persons, the seat of person %d leads to person %d", persons, n, back)
			}
			if s.rank < 0 || s.rank >= s.size {
				t.Fatalf("of %d persons, person %d sits at %d of %d", persons, n, s.rank, s.size)
			}
		}
		if len(taken) != persons {
			t.Errorf("%d persons have %d seats", persons, len(taken))
		}
	}
}

// TestSmallGroupsHaveTheirShare: in each month after the permit as many people of a small group work as its curve says, to a person.
func TestSmallGroupsHaveTheirShare(t *testing.T) {
	const persons = 40_000
	m := NewModel(2, calendar.DayOf(2026, 6, 30), persons)
	p := NewPerson(m)
	groups := 0
	for i, c := range m.cells {
		if c.Kind != PermitHolder || c.Year > 2017 || m.seats.size(i) == 0 || m.seats.size(i) > fitUpTo {
			continue
		}
		groups++
		var people, works [97]float64
		for rank := range m.seats.size(i) {
			p.Live(m.seats.personAt(i, rank))
			for k := range people {
				at := p.Permit.Month() + calendar.Month(k)
				if age := p.Age(at.Last()); age >= 18 && age <= 64 && p.Here(at.Last()) {
					people[k]++
					if p.months[at-p.Base].work {
						works[k]++
					}
				}
			}
		}
		for _, k := range []int{6, 12, 24, 36, 60, 96} {
			want := targetShare(c, k) * people[k] / seenShare
			if math.Abs(works[k]-want) > 1.5 {
				t.Errorf("nationality %d of %d, month %d: %.0f of %.0f people work, want %.1f", c.Nation, c.Year, k, works[k], people[k], want)
			}
		}
	}
	if groups < 20 {
		t.Errorf("%d groups were looked at", groups)
	}
}
