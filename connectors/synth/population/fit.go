package population

import (
	"slices"

	"doorstroom/connectors/synth/calendar"
)

// fitUpTo is the size of a group, in persons, up to which its curve is fitted to its own people.
const fitUpTo = 1250

// seenShare of those who work in a month have a wage row that shows it: on-call contracts have months without hours.
const seenShare = 0.99

// fitSmallGroups makes the share at work of each small group of permit holders its published curve, and not a matter of chance: an ordinary nationality
// of a cohort is some two hundred people even in a large population, and chance moves the share of so few by three points. Each month's threshold is laid
// between the people of the group such that the right number lies under it.
func (m *Model) fitSmallGroups() {
	p := NewPerson(m)
	var needs [maxK][]float64
	for i, c := range m.cells {
		if n := m.seats.size(i); c.Kind == PermitHolder && n > 0 && n <= fitUpTo {
			for k := range needs {
				needs[k] = needs[k][:0]
			}
			m.fit(p, i, &needs)
		}
	}
}

// fit lives through the start of everybody in the cell. needs has room for the thresholds, by month, from which on each person works.
func (m *Model) fit(p *Person, cell int, needs *[maxK][]float64) {
	curve := m.workShare[cell]
	var people [maxK]int
	for rank := range m.seats.size(cell) {
		p.begin(m.seats.personAt(cell, rank))
		u := p.latent(0)
		for k := range curve {
			ref := (p.Permit.Month() + calendar.Month(k)).Last()
			if ref > m.AsOf || !p.Here(ref) {
				break
			}
			if p.luck.renews(k, renewPerMon) {
				u = p.latent(k)
			}
			if age := p.Age(ref); age < 18 || age > 64 {
				continue
			}
			people[k]++
			if p.BSN != 0 && ref >= p.BSN && u < highestShare {
				needs[k] = append(needs[k], u/p.inclination(ref))
			}
		}
	}
	for k, list := range needs {
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		working := min(int(targetShare(m.cells[cell], k)*float64(people[k])/seenShare+0.5), len(list))
		switch working {
		case 0:
			curve[k] = 0
		case len(list):
			curve[k] = list[working-1] * 1.001
		default:
			curve[k] = (list[working-1] + list[working]) / 2
		}
	}
}
