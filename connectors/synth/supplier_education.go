package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// duoRecords tells the obligation, the exams and mbo as DUO knows them: by BSN, for half of the people with the V number too.
func (p *subject) duoRecords(l *life) {
	if p.b() == 0 {
		return
	}
	v := vNumber(p.N)
	if p.Chance(0.45) {
		v = 0
	}
	l.as(v, p.b(), 0)
	p.obligation(l)
	if p.Chance(rateConflict) && len(p.Homes) > 0 && p.Integration.Law != "" {
		l.as(vNumber(p.N), wrongBNumber(p.N), 0)
		in := p.Integration
		l.add(duoObligation, 0, in.Start+calendar.Day(p.Between(10, 60)), text(in.Law), date(in.Start), value{}, text("asielstatushouder"))
		l.as(v, p.b(), 0)
	}
	p.exams(l)
	p.vocational(l)
}

func (p *subject) obligation(l *life) {
	in := p.Integration
	if in.Law == "" || in.Start > p.world.AsOf {
		return
	}
	lag := func() calendar.Day { return calendar.Day(p.Between(5, 50)) }
	write := func(law string, from calendar.Day) {
		known := from + lag()
		if law != "Wi2021" {
			term := from + calendar.Day(p.Between(0, 60))
			l.add(duoObligation, 0, known, text(law), date(from), value{}, text("asielstatushouder"), date(term), date(term.AddMonths(36)))
			return
		}
		l.add(duoObligation, 0, known, text(law), date(from), value{}, text("asielstatushouder"))
		if in.PIP != 0 && p.Here(in.PIP) { // the term starts with the PIP, of which DUO hears afterwards
			told := in.PIP + lag()
			l.set(told, 4, date(in.PIP))
			l.set(told, 5, date(in.PIP.AddMonths(36)))
		}
	}
	write(in.Law, in.Start)
	if in.Switched != 0 {
		l.set(in.Switched+lag(), 2, date(in.Switched-1))
		write("Wi2021", in.Switched)
	}
	switch {
	case in.Exempted:
		l.set(in.Start+60, 7, text(pickOf(p, "DIP", "DOC", "INB", "OPL")))
	case in.Dispensed != 0:
		reason := "BIO"
		if in.Medical {
			reason = "MED"
		}
		l.set(in.Dispensed+lag(), 8, text(reason))
	case in.Fulfilled != 0 && p.Here(in.Fulfilled):
		l.set(in.Fulfilled+lag(), 6, date(in.Fulfilled))
	}
}

// exams lays the passed parts over the year before the obligation is fulfilled, with failed attempts before them.
func (p *subject) exams(l *life) {
	in := p.Integration
	if in.Fulfilled == 0 || in.Exempted {
		return
	}
	parts := []string{"KNM", "LE", "LU", "SC", "SP", "ONA"}
	if in.Law == "Wi2021" || in.Switched != 0 {
		parts[5] = "MAP"
	}
	last := p.Rand.IntN(len(parts))
	for i, part := range parts {
		level := value{}
		if i >= 1 && i <= 4 {
			if in.Level == "" {
				continue
			}
			level = text(in.Level)
			if in.Level == "B1" && p.Chance(0.2) {
				level = text("A2")
			}
		}
		passed := in.Fulfilled - calendar.Day(p.Between(10, 360))
		if i == last {
			passed = in.Fulfilled
		}
		for tries := p.Rand.IntN(3); tries > 0; tries-- {
			p.exam(l, passed-calendar.Day(70*tries+p.Rand.IntN(40)), part, level, "gezakt")
		}
		p.exam(l, passed, part, level, "geslaagd")
	}
}

func (p *subject) exam(l *life, on calendar.Day, part string, level value, result string) {
	if on > p.Permit && on <= p.world.AsOf && p.Here(on) {
		l.add(duoExam, 0, on+calendar.Day(p.Between(10, 60)), date(on), text(part), level, text(result))
	}
}

// vocational draws mbo of young people, and the bbl that a job of that form goes with.
func (p *subject) vocational(l *life) {
	for _, j := range p.Jobs {
		if j.Form == population.BBL {
			p.course(l, "bbl", j.Start, p.Between(1, 3))
		}
	}
	if p.Settled == 0 || p.Group.Kind != population.PermitHolder {
		return
	}
	from := p.Settled + calendar.Day(p.Between(300, 1500))
	age := p.Age(from)
	switch {
	case age >= 16 && age < 30 && p.Chance(0.3):
		p.course(l, "bol", from, p.Between(1, 4))
	case age >= 18 && age < 50 && p.Chance(0.04):
		p.course(l, pickOf(p, "certificaat", "praktijkverklaring"), from, p.Between(1, 2))
	}
}

func (p *subject) course(l *life, kind string, from calendar.Day, level int) {
	if from > p.world.AsOf {
		return
	}
	l.add(duoMbo, 0, from+calendar.Day(p.Between(10, 60)), text(kind), integer(level), date(from), value{}, text("lopend"))
	to := from + calendar.Day(p.Between(200, 1000))
	if to > p.world.AsOf {
		return
	}
	result := "gestopt"
	if p.Chance(0.6) {
		result = "diploma"
		if kind == "certificaat" || kind == "praktijkverklaring" {
			result = "behaald"
		}
	}
	known := to + calendar.Day(p.Between(10, 60))
	l.set(known, 3, date(to))
	l.set(known, 4, text(result))
}

// countries of the diplomas by nationality group; the others come from a neighbouring country.
var countries = [population.Nationalities]string{"SY", "ER", "AF", "IQ", "IR", "TR", "YE", "UA"}

// idwRecords tells the valuations of diplomas: by BSN, for some with the V number too. 5,488 inburgeraars had one in 2018 (wspzvl.nl).
func (p *subject) idwRecords(l *life) {
	if p.b() == 0 || p.Permit == 0 || p.Age(p.Permit) < 20 {
		return
	}
	share := []float64{0.01, 0.14, 0.30, 0.55}[p.Education]
	if p.Group.Kind == population.Displaced {
		share *= 0.1
	}
	if !p.Chance(share) {
		return
	}
	v := vNumber(p.N)
	if p.Chance(0.7) {
		v = 0
	}
	l.as(v, p.b(), 0)
	asked := max(p.Permit, p.BSN) + calendar.Day(p.LogNormal(10, 0.7)*30.4)
	if asked > p.world.AsOf || !p.Here(asked) {
		return
	}
	country := text(countries[p.Group.Nation])
	l.add(idwValuation, 0, asked+calendar.Day(p.Between(2, 20)), date(asked), value{}, value{}, value{}, text(pickOf(p, "0111", "0311", "0413", "0541", "0613", "0716", "0731", "0913", "1015")), country)
	decided := asked + calendar.Day(p.Between(20, 120))
	if decided > p.world.AsOf {
		return
	}
	level := []int{1, 3, 4, 6}[p.Education]
	if p.Education == 3 && p.Chance(0.35) {
		level = 7
	}
	if p.Education == 1 && p.Chance(0.4) {
		level = 4
	}
	kind := "diplomawaardering"
	if p.Chance(0.25) {
		kind = "indicatie_onderwijsniveau"
	} else if p.Chance(0.1) {
		kind = "opleidingswaardering"
	}
	known, nlqf := decided+calendar.Day(p.Between(2, 20)), integer(level)
	if p.Chance(0.08) {
		kind, nlqf = "geen_waardering", value{}
	}
	l.set(known, 1, date(decided))
	l.set(known, 2, text(kind))
	l.set(known, 3, nlqf)
}
