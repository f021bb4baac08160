package synth

// inburgering writes the municipal record of someone under Wi2021.
func (p *subject) inburgering(l *life) {
	in := p.integration
	if in.intake == 0 || in.intake > p.world.asOf || in.intake < p.homes[0].from-400 {
		return
	}
	home := p.homes[0]
	for _, h := range p.homes {
		if h.from <= in.intake {
			home = h
		}
	}
	lag := func() day { return day(p.between(3, 40)) }
	code := text(p.world.towns[home.town].code)
	l.add(municipalityInburgering, home.town, in.intake+lag(), code, p.inexactStart(in.intake))
	steps := []struct {
		at    day
		field int
	}{{in.intakeDone, 2}, {in.pip, 3}, {in.pvt, 6}, {in.mapDone, 5}}
	for _, s := range steps {
		if s.at == 0 || s.at > p.world.asOf || !p.here(s.at) {
			continue
		}
		known := s.at + lag()
		l.set(known, s.field, date(s.at))
		if s.field == 3 {
			l.set(known, 4, text(in.route))
		}
	}
}

// Provisions for people on bijstand; startbanen exist from 2023 on. Assumptions, no published figure per person.
var provisionKinds = []weighted{{"loonkostensubsidie", 14}, {"proefplaatsing", 18}, {"jobcoach", 14}, {"leerwerktraject", 22}, {"participatieplaats", 16}, {"beschut_werk", 2}, {"overig", 14}}

// provisions draws at most one provision per bijstand spell, and a startbaan for some since 2023.
func (p *subject) provisions(l *life) {
	for _, s := range p.spells {
		if !p.chance(0.16) {
			continue
		}
		from := s.from + day(p.between(120, 900))
		kind, startbaan := p.pick(provisionKinds), "N"
		if from.year() >= 2023 && p.chance(0.2) {
			kind, startbaan = "startbaan_begeleiding", "J"
		}
		if from > p.world.asOf || (s.to != 0 && from > s.to) {
			continue
		}
		home := p.homes[0]
		for _, h := range p.homes {
			if h.from <= from {
				home = h
			}
		}
		weekly := hours(float64(p.between(8, 32)) + 0.5*float64(p.rng.IntN(2)))
		l.add(municipalityProvision, home.town, from+day(p.between(3, 40)), text(p.world.towns[home.town].code), text(kind), text(startbaan), p.inexactStart(from), value{}, weekly, text(p.pickSector(from)))
		if to := from + day(p.between(60, 400)); to < p.world.asOf {
			l.set(to+day(p.between(3, 40)), 4, date(to))
		}
	}
}
