package synth

import "fmt"

// Pseudonym numbers of person n. Every person has room for a second dossier and a wrong BSN.
func vNumber(n int) uint64      { return uint64(n)*4 + 1 }
func secondV(n int) uint64      { return uint64(n)*4 + 2 }
func bNumber(n int) uint64      { return uint64(n)*4 + 1 }
func wrongBNumber(n int) uint64 { return uint64(n)*4 + 2 }

// b is the number of the person's BSN, 0 without one.
func (p *subject) b() uint64 {
	if p.bsn == 0 {
		return 0
	}
	return bNumber(p.n)
}

// coaRecords tells the life as COA knows it: by V, with the BSN once COA has it.
func (p *subject) coaRecords(l *life) {
	link := day(0)
	if p.bsn != 0 {
		link = p.bsn + day(p.between(20, 260))
		if p.chance(0.35) { // never completed at COA; the municipality's record is the link
			link = never
		}
	}
	l.as(vNumber(p.n), p.b(), link)
	p.coaTitles(l)
	p.coaStays(l)
	if p.coupled != 0 && p.arrived != 0 && p.group.kind == permitHolder {
		town := p.homeTown()
		l.add(coaPlacement, 0, p.coupled+day(p.between(0, 7)), text(p.townCode(town, p.coupled)), date(p.coupled), date(p.settled+day(p.between(-20, 20))))
	}
	p.coaParticipations(l)
	if p.chance(rateTwoV) && p.applied != 0 {
		p.secondDossier(l, link)
	}
}

// homeTown is the municipality that the person is coupled to.
func (p *subject) homeTown() int {
	if len(p.homes) > 0 {
		return p.homes[0].town
	}
	return p.world.townAt(float64(mix64(uint64(p.n))>>11) / (1 << 53))
}

func (p *subject) coaTitles(l *life) {
	who := func(title string, from, to day) []value {
		sex := "V"
		if p.man {
			sex = "M"
		}
		if p.chance(0.001) {
			sex = "X"
		}
		good := value{}
		if title == "32" {
			good = text(flag(p.group.nation == syria || p.group.nation == eritrea || p.group.nation == turkey || p.chance(0.4)))
		}
		return []value{date(p.applied), text(title), date(from), date(to), text(p.nation), integer(p.birthYear), text(sex), text(p.route), good}
	}
	lag := func() day { return day(p.between(1, 21)) }
	if p.group.kind == displaced {
		l.add(coaPermit, 0, p.permit+lag(), who("TB", p.permit, 0)...)
		return
	}
	end := p.permit
	if end == 0 {
		end = p.refusal
	}
	if p.route == "zelf" {
		l.add(coaPermit, 0, p.applied+lag(), who("32", p.applied, 0)...)
		if end != 0 && end > p.applied {
			l.set(end+lag(), 3, date(end-1))
		}
	}
	if p.refusal != 0 {
		l.add(coaPermit, 0, p.refusal+lag(), who("98", p.refusal, 0)...)
	}
	if p.permit == 0 {
		return
	}
	l.add(coaPermit, 0, p.permit+lag(), who("26", p.permit, 0)...)
	five := p.permit.addMonths(60 + p.between(0, 10))
	if p.chance(0.15) { // the permit for an unlimited time follows after five years
		l.set(five+lag(), 3, date(five-1))
		l.add(coaPermit, 0, five+lag(), who("27", five, 0)...)
	} else if p.chance(0.35) { // naturalised: the title ends
		six := p.permit.addMonths(72 + p.between(0, 40))
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
	if p.arrived == 0 {
		return
	}
	end := p.settled
	if end == 0 {
		end = p.refusal
	}
	if end == 0 || end > p.world.asOf {
		end = never
	}
	from := p.arrived
	for from < min(end, p.world.asOf) {
		to := from + day(40+p.rng.ExpFloat64()*220)
		if end-to < 30 {
			to = end - 1
		}
		location := int(mix64(uint64(p.rng.IntN(180))) % 1_000_000)
		town := location % len(p.world.towns)
		l.add(coaStay, 0, from+day(p.between(0, 5)), text(fmt.Sprintf("AZC-%06d", location)), text(p.townCode(town, from)), date(from), value{})
		if to >= p.world.asOf {
			return
		}
		l.set(to+day(p.between(1, 10)), 3, date(to))
		from = to + 1
	}
}

// townCode is the code of a municipality on a day; before a merger one of the codes that went up in it.
func (p *subject) townCode(town int, d day) string {
	t := &p.world.towns[town]
	if len(t.old) > 0 && d < t.old[0].on && (t.code[:2] == "19" || p.n%20 == 0) {
		return t.old[p.n%len(t.old)].code
	}
	if len(t.old) > 0 && d < t.old[0].on && t.code[:2] == "19" {
		return t.old[0].code
	}
	return t.code
}

// coaParticipations draws activities in the azc: language lessons and the preparation for inburgering after the permit, volunteering and the
// meedoenbalie (from 2022) at any time.
func (p *subject) coaParticipations(l *life) {
	if p.arrived == 0 || p.age(p.arrived) < 17 {
		return
	}
	end := p.settled
	if end == 0 || end > p.world.asOf {
		end = p.world.asOf
	}
	add := func(kind string, from day, days int, weekly float64) {
		if from >= end {
			return
		}
		l.add(coaParticipation, 0, from+day(p.between(1, 30)), text(kind), date(from), value{}, hours(weekly))
		if to := min(from+day(days), end-1); to < p.world.asOf && to >= from {
			l.set(to+day(p.between(1, 30)), 2, date(to))
		}
	}
	if p.permit != 0 && p.permit < end && p.chance(0.6) {
		add("voorinburgering", p.permit+day(p.between(14, 90)), 70, float64(p.between(6, 12)))
	}
	if p.chance(0.3) {
		add("nt2", p.arrived+day(p.between(60, 240)), p.between(60, 200), float64(p.between(4, 10)))
	}
	if p.chance(0.18) {
		add("vrijwilligerswerk", p.arrived+day(p.between(90, 400)), p.between(30, 250), float64(p.between(2, 20))+0.5)
	}
	if from := max(p.arrived+day(p.between(30, 300)), dayOf(2022, 3, 1)); p.chance(0.22) {
		add("meedoenbalie", from, p.between(1, 60), float64(p.between(1, 8)))
	}
}

// secondDossier gives the person an older dossier under another V, which the BSN connects.
func (p *subject) secondDossier(l *life, link day) {
	l.as(secondV(p.n), p.b(), link)
	from := p.applied - day(p.between(90, 700))
	to := from + day(p.between(20, 80))
	if p.applied <= to {
		return
	}
	sex := "V"
	if p.man {
		sex = "M"
	}
	l.add(coaPermit, 0, from+5, date(from), text("32"), date(from), date(to), text(p.nation), integer(p.birthYear), text(sex), text("zelf"), text("N"))
	l.add(coaStay, 0, from+5, text("AZC-000001"), text("0014"), date(from), date(to))
}
