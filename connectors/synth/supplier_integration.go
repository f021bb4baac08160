package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// inburgering writes the municipal record of someone under Wi2021.
func (p *subject) inburgering(l *life) {
	in := p.Integration
	if in.Intake == 0 || in.Intake > p.world.AsOf || in.Intake < p.Homes[0].From-400 {
		return
	}
	home := p.Homes[0]
	for _, h := range p.Homes {
		if h.From <= in.Intake {
			home = h
		}
	}
	lag := func() calendar.Day { return calendar.Day(p.Between(3, 40)) }
	code := text(p.world.Towns[home.Town].Code)
	l.add(municipalityInburgering, home.Town, in.Intake+lag(), code, p.inexactStart(in.Intake))
	steps := []struct {
		at    calendar.Day
		field int
	}{{in.IntakeDone, 2}, {in.PIP, 3}, {in.PVT, 6}, {in.MapDone, 5}}
	for _, s := range steps {
		if s.at == 0 || s.at > p.world.AsOf || !p.Here(s.at) {
			continue
		}
		known := s.at + lag()
		l.set(known, s.field, date(s.at))
		if s.field == 3 {
			l.set(known, 4, text(in.Route))
		}
	}
}

// Provisions for people on bijstand; startbanen exist from 2023 on. Assumptions, no published figure per person.
var provisionKinds = []population.Weighted{
	{Code: "loonkostensubsidie", Weight: 14},
	{Code: "proefplaatsing", Weight: 18},
	{Code: "jobcoach", Weight: 14},
	{Code: "leerwerktraject", Weight: 22},
	{Code: "participatieplaats", Weight: 16},
	{Code: "beschut_werk", Weight: 2},
	{Code: "overig", Weight: 14},
}

// provisions draws at most one provision per bijstand spell, and a startbaan for some since 2023.
func (p *subject) provisions(l *life) {
	for _, s := range p.Spells {
		if !p.Chance(0.16) {
			continue
		}
		from := s.From + calendar.Day(p.Between(120, 900))
		kind, startbaan := p.Pick(provisionKinds), "N"
		if from.Year() >= 2023 && p.Chance(0.2) {
			kind, startbaan = "startbaan_begeleiding", "J"
		}
		if from > p.world.AsOf || (s.To != 0 && from > s.To) {
			continue
		}
		home := p.Homes[0]
		for _, h := range p.Homes {
			if h.From <= from {
				home = h
			}
		}
		weekly := hours(float64(p.Between(8, 32)) + 0.5*float64(p.Rand.IntN(2)))
		l.add(municipalityProvision, home.Town, from+calendar.Day(p.Between(3, 40)), text(p.world.Towns[home.Town].Code), text(kind), text(startbaan), p.inexactStart(from), value{}, weekly, text(p.PickSector(from)))
		if to := from + calendar.Day(p.Between(60, 400)); to < p.world.AsOf {
			l.set(to+calendar.Day(p.Between(3, 40)), 4, date(to))
		}
	}
}
