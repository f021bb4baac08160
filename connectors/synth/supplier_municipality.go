package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// municipalRecords tells the life as the municipalities know it: by BSN and V together, the usual place where they meet.
func (p *subject) municipalRecords(l *life) {
	if len(p.Homes) == 0 {
		return
	}
	l.as(vNumber(p.N), p.b(), 0)
	late := calendar.Day(0) // when the V number is filled in, 0 for at once
	if p.Chance(0.12) && p.b() != 0 {
		late = p.Settled + calendar.Day(p.Between(60, 700))
		l.as(0, p.b(), 0)
	}
	p.residences(l, late)
	if p.Group.Kind != population.PermitHolder {
		return
	}
	p.bijstand(l)
	p.inburgering(l)
	p.provisions(l)
}

// inexact makes a municipal date partly unknown now and then.
func (p *subject) inexact(d calendar.Day) value {
	v := date(d)
	if d != 0 && p.Chance(rateInexact) {
		v.kind = dayless
		if p.Chance(0.25) {
			v.kind = yearOnly
		}
	}
	return v
}

// residences writes one record per municipality that the person lives in; late is the day on which the first municipality fills in the V number.
func (p *subject) residences(l *life, late calendar.Day) {
	wrong := late == 0 && p.b() != 0 && p.Chance(rateWrongLink)
	for i, h := range p.Homes {
		registered := h.From + calendar.Day(p.Between(0, 20))
		if i == 0 && p.BSN != 0 && p.BSN < h.From && p.Arrived != 0 {
			registered = p.BSN
		}
		known := h.From + calendar.Day(p.Between(3, 40))
		l.add(municipalityResidence, h.Town, known, text(p.world.Towns[h.Town].Code), p.inexact(h.From), value{}, value{}, p.inexact(registered))
		if i == 0 && late != 0 {
			l.setV(late, vNumber(p.N))
		}
		if i == 0 && wrong && p.N%2 == 0 {
			p.wrongLink(l, known)
		}
		if h.To != 0 && h.To <= p.world.AsOf {
			left := h.To + calendar.Day(p.Between(1, 45))
			l.set(left, 2, date(h.To))
			l.set(left, 3, text(h.Reason))
		}
	}
	if wrong && p.N%2 == 1 {
		p.wrongRecord(l)
	}
}

// wrongRecord adds a residence under another person's V that is deleted (V) later.
func (p *subject) wrongRecord(l *life) {
	full := p.world.plan.duo[0].drawn
	h := p.Homes[0]
	if h.From > full-10 {
		return
	}
	l.as(vNumber(p.N^1), p.b(), 0)
	l.add(municipalityResidence, h.Town, max(h.From, full-200), text(p.world.Towns[h.Town].Code), date(h.From), date(h.From), text("verhuisd"))
	l.remove(full + calendar.Day(p.Between(60, 200)))
	l.as(vNumber(p.N), p.b(), 0)
}

// wrongLink lets the residence carry the V of another person from the start, or for recent deliveries from a mutation, until a later one corrects it.
func (p *subject) wrongLink(l *life, known calendar.Day) {
	full := p.world.plan.duo[0].drawn
	from := max(known, full-200)
	l.setV(from, vNumber(p.N^1))
	l.setV(max(from, full)+calendar.Day(p.Between(60, 200)), vNumber(p.N))
}

// bijstand writes each spell as one record per municipality.
func (p *subject) bijstand(l *life) {
	form, role := p.Household()
	for si, s := range p.Spells {
		for _, h := range p.Homes {
			from, to := max(s.From, h.From), s.To
			if h.To != 0 && (to == 0 || h.To < to) {
				to = h.To
			}
			if to != 0 && to < from {
				continue
			}
			granted := from + calendar.Day(p.Between(7, 60))
			if p.Chance(rateLateGrant) {
				granted = from + calendar.Day(p.Between(92, 240))
			}
			in := "43"
			if si > 0 || from != s.From {
				in = pickOf(p, "11", "19", "21", "32")
			}
			l.add(municipalityBijstand, h.Town, granted, text(p.world.Towns[h.Town].Code), text("PW"), p.inexactStart(from), value{}, date(granted), text(form), text(in), value{}, text(role))
			if to != 0 && to <= p.world.AsOf {
				out := pickOf(p, "03", "08", "15", "38")
				if to == s.To && s.ToWork {
					out = "01"
				}
				ended := to + calendar.Day(p.Between(10, 100))
				l.set(ended, 3, date(to))
				l.set(ended, 7, text(out))
			}
		}
		if p.Chance(0.1) { // bijzondere bijstand for furnishing: never counts as bijstand
			home := p.Homes[0]
			l.add(municipalityBijstand, home.Town, s.From+40, text(p.world.Towns[home.Town].Code), text("PWB"), date(s.From), date(s.From+30), date(s.From+30), text(form), value{}, value{}, text(role))
		}
	}
}

// inexactStart makes only the day unknown: reading it as the 1st must not move a start over a year.
func (p *subject) inexactStart(d calendar.Day) value {
	v := date(d)
	if p.Chance(rateInexact / 2) {
		v.kind = dayless
	}
	return v
}

func pickOf(p *subject, codes ...string) string { return codes[p.Rand.IntN(len(codes))] }
