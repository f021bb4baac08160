package synth

// municipalRecords tells the life as the municipalities know it: by BSN and V together, the usual place where they meet.
func (p *subject) municipalRecords(l *life) {
	if len(p.homes) == 0 {
		return
	}
	l.as(vNumber(p.n), p.b(), 0)
	late := day(0) // when the V number is filled in, 0 for at once
	if p.chance(0.12) && p.b() != 0 {
		late = p.settled + day(p.between(60, 700))
		l.as(0, p.b(), 0)
	}
	p.residences(l, late)
	if p.group.kind != permitHolder {
		return
	}
	p.bijstand(l)
	p.inburgering(l)
	p.provisions(l)
}

// inexact makes a municipal date partly unknown now and then.
func (p *subject) inexact(d day) value {
	v := date(d)
	if d != 0 && p.chance(rateInexact) {
		v.kind = dayless
		if p.chance(0.25) {
			v.kind = yearOnly
		}
	}
	return v
}

// residences writes one record per municipality that the person lives in; late is the day on which the first municipality fills in the V number.
func (p *subject) residences(l *life, late day) {
	wrong := late == 0 && p.b() != 0 && p.chance(rateWrongLink)
	for i, h := range p.homes {
		registered := h.from + day(p.between(0, 20))
		if i == 0 && p.bsn != 0 && p.bsn < h.from && p.arrived != 0 {
			registered = p.bsn
		}
		known := h.from + day(p.between(3, 40))
		l.add(municipalityResidence, h.town, known, text(p.world.towns[h.town].code), p.inexact(h.from), value{}, value{}, p.inexact(registered))
		if i == 0 && late != 0 {
			l.setV(late, vNumber(p.n))
		}
		if i == 0 && wrong && p.n%2 == 0 {
			p.wrongLink(l, known)
		}
		if h.to != 0 && h.to <= p.world.asOf {
			left := h.to + day(p.between(1, 45))
			l.set(left, 2, date(h.to))
			l.set(left, 3, text(h.reason))
		}
	}
	if wrong && p.n%2 == 1 {
		p.wrongRecord(l)
	}
}

// wrongRecord adds a residence under another person's V that is deleted (V) later.
func (p *subject) wrongRecord(l *life) {
	full := p.world.plan.duo[0].drawn
	h := p.homes[0]
	if h.from > full-10 {
		return
	}
	l.as(vNumber(p.n^1), p.b(), 0)
	l.add(municipalityResidence, h.town, max(h.from, full-200), text(p.world.towns[h.town].code), date(h.from), date(h.from), text("verhuisd"))
	l.remove(full + day(p.between(60, 200)))
	l.as(vNumber(p.n), p.b(), 0)
}

// wrongLink lets the residence carry the V of another person from the start, or for recent deliveries from a mutation, until a later one corrects it.
func (p *subject) wrongLink(l *life, known day) {
	full := p.world.plan.duo[0].drawn
	from := max(known, full-200)
	l.setV(from, vNumber(p.n^1))
	l.setV(max(from, full)+day(p.between(60, 200)), vNumber(p.n))
}

// bijstand writes each spell as one record per municipality.
func (p *subject) bijstand(l *life) {
	form, role := p.household()
	for si, s := range p.spells {
		for _, h := range p.homes {
			from, to := max(s.from, h.from), s.to
			if h.to != 0 && (to == 0 || h.to < to) {
				to = h.to
			}
			if to != 0 && to < from {
				continue
			}
			granted := from + day(p.between(7, 60))
			if p.chance(rateLateGrant) {
				granted = from + day(p.between(92, 240))
			}
			in := "43"
			if si > 0 || from != s.from {
				in = pickOf(p, "11", "19", "21", "32")
			}
			l.add(municipalityBijstand, h.town, granted, text(p.world.towns[h.town].code), text("PW"), p.inexactStart(from), value{}, date(granted), text(form), text(in), value{}, text(role))
			if to != 0 && to <= p.world.asOf {
				out := pickOf(p, "03", "08", "15", "38")
				if to == s.to && s.toWork {
					out = "01"
				}
				ended := to + day(p.between(10, 100))
				l.set(ended, 3, date(to))
				l.set(ended, 7, text(out))
			}
		}
		if p.chance(0.1) { // bijzondere bijstand for furnishing: never counts as bijstand
			home := p.homes[0]
			l.add(municipalityBijstand, home.town, s.from+40, text(p.world.towns[home.town].code), text("PWB"), date(s.from), date(s.from+30), date(s.from+30), text(form), value{}, value{}, text(role))
		}
	}
}

// inexactStart makes only the day unknown: reading it as the 1st must not move a start over a year.
func (p *subject) inexactStart(d day) value {
	v := date(d)
	if p.chance(rateInexact / 2) {
		v.kind = dayless
	}
	return v
}

func pickOf(p *subject, codes ...string) string { return codes[p.rng.IntN(len(codes))] }
