package synth

import (
	"fmt"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// Pseudonym numbers of person n. Every person has room for a second dossier and a wrong BSN.
func vNumber(n int) uint64      { return uint64(n)*4 + 1 }
func secondV(n int) uint64      { return uint64(n)*4 + 2 }
func bNumber(n int) uint64      { return uint64(n)*4 + 1 }
func wrongBNumber(n int) uint64 { return uint64(n)*4 + 2 }

// b is the number of the person's BSN, 0 without one.
func (p *subject) b() uint64 {
	if p.BSN == 0 {
		return 0
	}
	return bNumber(p.N)
}

// coaRecords tells the life as COA knows it: by V, with the BSN once COA has it.
func (p *subject) coaRecords(l *life) {
	link := calendar.Day(0)
	if p.BSN != 0 {
		link = p.BSN + calendar.Day(p.Between(20, 260))
		if p.Chance(0.35) { // never completed at COA; the municipality's record is the link
			link = never
		}
	}
	l.as(vNumber(p.N), p.b(), link)
	p.coaTitles(l)
	p.coaStays(l)
	if p.Coupled != 0 && p.Arrived != 0 && p.Group.Kind == population.PermitHolder {
		town := p.homeTown()
		l.add(coaPlacement, 0, p.Coupled+calendar.Day(p.Between(0, 7)), text(p.townCode(town, p.Coupled)), date(p.Coupled), date(p.Settled+calendar.Day(p.Between(-20, 20))))
	}
	p.coaParticipations(l)
	if p.Chance(rateTwoV) && p.Applied != 0 {
		p.secondDossier(l, link)
	}
}

// homeTown is the municipality that the person is coupled to.
func (p *subject) homeTown() int {
	if len(p.Homes) > 0 {
		return p.Homes[0].Town
	}
	return p.world.TownAt(float64(population.Mix64(uint64(p.N))>>11) / (1 << 53))
}

func (p *subject) coaTitles(l *life) {
	who := func(title string, from, to calendar.Day) []value {
		sex := "V"
		if p.Man {
			sex = "M"
		}
		if p.Chance(0.001) {
			sex = "X"
		}
		good := value{}
		if title == "32" {
			good = text(flag(p.Group.Nation == population.Syria || p.Group.Nation == population.Eritrea || p.Group.Nation == population.Turkey || p.Chance(0.4)))
		}
		return []value{date(p.Applied), text(title), date(from), date(to), text(p.Nation), integer(p.BirthYear), text(sex), text(p.Route), good}
	}
	lag := func() calendar.Day { return calendar.Day(p.Between(1, 21)) }
	if p.Group.Kind == population.Displaced {
		l.add(coaPermit, 0, p.Permit+lag(), who("TB", p.Permit, 0)...)
		return
	}
	end := p.Permit
	if end == 0 {
		end = p.Refusal
	}
	if p.Route == "zelf" {
		l.add(coaPermit, 0, p.Applied+lag(), who("32", p.Applied, 0)...)
		if end != 0 && end > p.Applied {
			l.set(end+lag(), 3, date(end-1))
		}
	}
	if p.Refusal != 0 {
		l.add(coaPermit, 0, p.Refusal+lag(), who("98", p.Refusal, 0)...)
	}
	if p.Permit == 0 {
		return
	}
	l.add(coaPermit, 0, p.Permit+lag(), who("26", p.Permit, 0)...)
	five := p.Permit.AddMonths(60 + p.Between(0, 10))
	if p.Chance(0.15) { // the permit for an unlimited time follows after five years
		l.set(five+lag(), 3, date(five-1))
		l.add(coaPermit, 0, five+lag(), who("27", five, 0)...)
	} else if p.Chance(0.35) { // naturalised: the title ends
		six := p.Permit.AddMonths(72 + p.Between(0, 40))
		l.set(six+2*lag(), 3, date(six))
	}
}

func flag(yes bool) string {
	if yes {
		return "J"
	}
	return "N"
}

// coaStays lays one to four azc locations over the time between arrival and home (or refusal).
func (p *subject) coaStays(l *life) {
	if p.Arrived == 0 {
		return
	}
	end := p.Settled
	if end == 0 {
		end = p.Refusal
	}
	if end == 0 || end > p.world.AsOf {
		end = never
	}
	from := p.Arrived
	for from < min(end, p.world.AsOf) {
		to := from + calendar.Day(40+p.Rand.ExpFloat64()*220)
		if end-to < 30 {
			to = end - 1
		}
		location := int(population.Mix64(uint64(p.Rand.IntN(180))) % 1_000_000)
		town := location % len(p.world.Towns)
		l.add(coaStay, 0, from+calendar.Day(p.Between(0, 5)), text(fmt.Sprintf("AZC-%06d", location)), text(p.townCode(town, from)), date(from), value{})
		if to >= p.world.AsOf {
			return
		}
		l.set(to+calendar.Day(p.Between(1, 10)), 3, date(to))
		from = to + 1
	}
}

// townCode is the code of a municipality on a day; before a merger one of the codes that went up in it.
func (p *subject) townCode(town int, d calendar.Day) string {
	t := &p.world.Towns[town]
	if len(t.Old) > 0 && d < t.Old[0].On && (t.Code[:2] == "19" || p.N%20 == 0) {
		return t.Old[p.N%len(t.Old)].Code
	}
	if len(t.Old) > 0 && d < t.Old[0].On && t.Code[:2] == "19" {
		return t.Old[0].Code
	}
	return t.Code
}

// coaParticipations draws activities in the azc: language lessons and the preparation for inburgering after the permit, volunteering and the
// meedoenbalie (from 2022) at any time.
func (p *subject) coaParticipations(l *life) {
	if p.Arrived == 0 || p.Age(p.Arrived) < 17 {
		return
	}
	end := p.Settled
	if end == 0 || end > p.world.AsOf {
		end = p.world.AsOf
	}
	add := func(kind string, from calendar.Day, days int, weekly float64) {
		if from >= end {
			return
		}
		l.add(coaParticipation, 0, from+calendar.Day(p.Between(1, 30)), text(kind), date(from), value{}, hours(weekly))
		if to := min(from+calendar.Day(days), end-1); to < p.world.AsOf && to >= from {
			l.set(to+calendar.Day(p.Between(1, 30)), 2, date(to))
		}
	}
	if p.Permit != 0 && p.Permit < end && p.Chance(0.6) {
		add("voorinburgering", p.Permit+calendar.Day(p.Between(14, 90)), 70, float64(p.Between(6, 12)))
	}
	if p.Chance(0.3) {
		add("nt2", p.Arrived+calendar.Day(p.Between(60, 240)), p.Between(60, 200), float64(p.Between(4, 10)))
	}
	if p.Chance(0.18) {
		add("vrijwilligerswerk", p.Arrived+calendar.Day(p.Between(90, 400)), p.Between(30, 250), float64(p.Between(2, 20))+0.5)
	}
	if from := max(p.Arrived+calendar.Day(p.Between(30, 300)), calendar.DayOf(2022, 3, 1)); p.Chance(0.22) {
		add("meedoenbalie", from, p.Between(1, 60), float64(p.Between(1, 8)))
	}
}

// secondDossier gives the person an older dossier under another V, which the BSN connects.
func (p *subject) secondDossier(l *life, link calendar.Day) {
	l.as(secondV(p.N), p.b(), link)
	from := p.Applied - calendar.Day(p.Between(90, 700))
	to := from + calendar.Day(p.Between(20, 80))
	if p.Applied <= to {
		return
	}
	sex := "V"
	if p.Man {
		sex = "M"
	}
	l.add(coaPermit, 0, from+5, date(from), text("32"), date(from), date(to), text(p.Nation), integer(p.BirthYear), text(sex), text("zelf"), text("N"))
	l.add(coaStay, 0, from+5, text("AZC-000001"), text("0014"), date(from), date(to))
}
