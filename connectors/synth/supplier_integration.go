package synth

// inburgeringLaw is the law that the person's obligation falls under; empty without an obligation.
func (p *person) inburgeringLaw() string {
	if p.group.kind != permitHolder || p.permit == 0 || p.bsn == 0 {
		return ""
	}
	if age := p.age(p.permit); age < 16 || age > 66 { // younger children go to school here
		return ""
	}
	if p.obligationStart() >= dayOf(2022, 1, 1) {
		return "Wi2021"
	}
	return "Wi2013"
}

// obligationStart is the day on which the obligation begins: the permit, or the year of the 18th birthday.
func (p *person) obligationStart() day {
	return max(p.permit, dayOf(p.birthYear+18, 1, 1))
}

// Months from the permit to the exam under Wi2013: of cohort 2014 6 % had passed on 1-10-2016 and 58 % on 1-10-2018 (CBS 2018, 2019).
// With 73 % who pass in the end, a normal spread through both points has this mean and deviation.
const (
	examMean      = 41.0
	examDeviation = 10.0
	examShare     = 0.73
	dispensed     = 0.265 // ontheffing 21 % (Divosa 2021)
	exempted      = 0.006
)

// inburgering outcome of a person, drawn once and used by the municipality and by DUO.
type integration struct {
	law        string
	start      day
	fulfilled  day
	dispensed  day
	exempted   bool
	medical    bool
	level      string
	switched   day
	intake     day
	intakeDone day
	pip        day
	route      string
	mapDone    day
	pvt        day
}

// integrate draws the course of the inburgering from random numbers of its own, so that both suppliers tell the same story.
func (p *person) integrate() integration {
	in := integration{law: p.inburgeringLaw(), level: "A2"}
	if in.law == "" {
		return in
	}
	in.start = p.obligationStart()
	in.exempted = p.chance(exempted)
	u := p.rng.Float64()
	after := func(months float64) day { return in.start + day(max(months, 6)*30.4) }
	switch {
	case in.exempted:
	case u < examShare:
		in.fulfilled = after(examMean + examDeviation*p.rng.NormFloat64())
	case u < examShare+dispensed:
		in.dispensed, in.medical = after(30+11*p.rng.NormFloat64()), p.chance(0.3)
	}
	if in.law == "Wi2013" {
		if y := in.start.year(); y >= 2020 && (in.fulfilled == 0 || in.fulfilled.year() > 2022) && p.chance(rateSwitchLaw) {
			in.switched = dayOf(2022, 1, 1) + day(p.rng.IntN(400))
		} else {
			return in
		}
	}
	p.newLaw(&in)
	return in
}

// newLaw draws what the municipality does under Wi2021. Intake started by the end of 2022 for 35 % of cohort 2022, by the end of 2023 for 88 %, and for
// 45 % of cohort 2023 (CBS SWI 2022 and 2023); a PIP for less than 30 % at the end of 2022.
func (p *person) newLaw(in *integration) {
	if p.settled == 0 || p.chance(0.04) {
		return
	}
	wait, warm := 3.2, 0.06
	if p.settled.year() >= 2023 {
		wait, warm = 1.25, 0.22
	}
	in.intake = max(p.settled, in.start, in.switched) + day(p.logNormal(wait, 0.9)*30.4)
	if p.chance(warm) && p.coupled > in.start { // a warm transfer: before the move
		in.intake = max(p.coupled, in.start) + day(p.between(5, 60))
	}
	in.intakeDone = in.intake + day(p.between(14, 70))
	in.pip = in.intakeDone + day(p.between(5, 80))
	if in.intake.year() == 2022 { // few to serve yet
		in.intakeDone = in.intake + day(p.between(5, 25))
		in.pip = in.intakeDone + day(p.between(5, 45))
	}
	u := p.rng.Float64() - 0.12*float64(p.education)
	switch {
	case u < 0.42:
		in.route, in.level = "B1", "B1"
		if p.education == 3 && p.chance(0.3) {
			in.level = "B2"
		}
	case u < 0.86:
		in.route = "Z"
	default:
		in.route = "O"
	}
	if p.age(in.pip) < 28 && p.chance(0.25) {
		in.route, in.level = "O", "B1"
	}
	in.pvt = in.pip + day(p.between(0, 60))
	in.mapDone = in.pip + day(p.between(200, 700))
	if in.fulfilled != 0 {
		in.fulfilled = max(in.pip+300, in.fulfilled-day(p.between(0, 300)))
		if in.route == "Z" { // a certificate of participation in place of an exam
			in.level = ""
		}
	}
}

// inburgering writes the municipal record of someone under Wi2021.
func (p *person) inburgering(l *life) {
	in := p.integration
	if in.intake == 0 || in.intake > p.model.asOf || in.intake < p.homes[0].from-400 {
		return
	}
	home := p.homes[0]
	for _, h := range p.homes {
		if h.from <= in.intake {
			home = h
		}
	}
	lag := func() day { return day(p.between(3, 40)) }
	code := text(p.model.towns[home.town].code)
	l.add(municipalityInburgering, home.town, in.intake+lag(), code, p.inexactStart(in.intake))
	steps := []struct {
		at    day
		field int
	}{{in.intakeDone, 2}, {in.pip, 3}, {in.pvt, 6}, {in.mapDone, 5}}
	for _, s := range steps {
		if s.at == 0 || s.at > p.model.asOf || !p.here(s.at) {
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
func (p *person) provisions(l *life) {
	for _, s := range p.spells {
		if !p.chance(0.16) {
			continue
		}
		from := s.from + day(p.between(120, 900))
		kind, startbaan := p.pick(provisionKinds), "N"
		if from.year() >= 2023 && p.chance(0.2) {
			kind, startbaan = "startbaan_begeleiding", "J"
		}
		if from > p.model.asOf || (s.to != 0 && from > s.to) {
			continue
		}
		home := p.homes[0]
		for _, h := range p.homes {
			if h.from <= from {
				home = h
			}
		}
		weekly := hours(float64(p.between(8, 32)) + 0.5*float64(p.rng.IntN(2)))
		l.add(municipalityProvision, home.town, from+day(p.between(3, 40)), text(p.model.towns[home.town].code), text(kind), text(startbaan), p.inexactStart(from), value{}, weekly, text(p.pickSector(from)))
		if to := from + day(p.between(60, 400)); to < p.model.asOf {
			l.set(to+day(p.between(3, 40)), 4, date(to))
		}
	}
}
