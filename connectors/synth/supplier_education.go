package synth

// duoRecords tells the obligation, the exams and mbo as DUO knows them: by BSN, for half of the people with the V number too.
func (p *subject) duoRecords(l *life) {
	if p.b() == 0 {
		return
	}
	v := vNumber(p.n)
	if p.chance(0.45) {
		v = 0
	}
	l.as(v, p.b(), 0)
	p.obligation(l)
	if p.chance(rateConflict) && len(p.homes) > 0 && p.integration.law != "" {
		l.as(vNumber(p.n), wrongBNumber(p.n), 0)
		in := p.integration
		l.add(duoObligation, 0, in.start+day(p.between(10, 60)), text(in.law), date(in.start), value{}, text("asielstatushouder"))
		l.as(v, p.b(), 0)
	}
	p.exams(l)
	p.vocational(l)
}

func (p *subject) obligation(l *life) {
	in := p.integration
	if in.law == "" || in.start > p.world.asOf {
		return
	}
	lag := func() day { return day(p.between(5, 50)) }
	write := func(law string, from day) {
		known := from + lag()
		if law != "Wi2021" {
			term := from + day(p.between(0, 60))
			l.add(duoObligation, 0, known, text(law), date(from), value{}, text("asielstatushouder"), date(term), date(term.addMonths(36)))
			return
		}
		l.add(duoObligation, 0, known, text(law), date(from), value{}, text("asielstatushouder"))
		if in.pip != 0 && p.here(in.pip) { // the term starts with the PIP, of which DUO hears afterwards
			told := in.pip + lag()
			l.set(told, 4, date(in.pip))
			l.set(told, 5, date(in.pip.addMonths(36)))
		}
	}
	write(in.law, in.start)
	if in.switched != 0 {
		l.set(in.switched+lag(), 2, date(in.switched-1))
		write("Wi2021", in.switched)
	}
	switch {
	case in.exempted:
		l.set(in.start+60, 7, text(pickOf(p, "DIP", "DOC", "INB", "OPL")))
	case in.dispensed != 0:
		reason := "BIO"
		if in.medical {
			reason = "MED"
		}
		l.set(in.dispensed+lag(), 8, text(reason))
	case in.fulfilled != 0 && p.here(in.fulfilled):
		l.set(in.fulfilled+lag(), 6, date(in.fulfilled))
	}
}

// exams lays the passed parts over the year before the obligation is fulfilled, with failed attempts before them.
func (p *subject) exams(l *life) {
	in := p.integration
	if in.fulfilled == 0 || in.exempted {
		return
	}
	parts := []string{"KNM", "LE", "LU", "SC", "SP", "ONA"}
	if in.law == "Wi2021" || in.switched != 0 {
		parts[5] = "MAP"
	}
	last := p.rng.IntN(len(parts))
	for i, part := range parts {
		level := value{}
		if i >= 1 && i <= 4 {
			if in.level == "" {
				continue
			}
			level = text(in.level)
			if in.level == "B1" && p.chance(0.2) {
				level = text("A2")
			}
		}
		passed := in.fulfilled - day(p.between(10, 360))
		if i == last {
			passed = in.fulfilled
		}
		for tries := p.rng.IntN(3); tries > 0; tries-- {
			p.exam(l, passed-day(70*tries+p.rng.IntN(40)), part, level, "gezakt")
		}
		p.exam(l, passed, part, level, "geslaagd")
	}
}

func (p *subject) exam(l *life, on day, part string, level value, result string) {
	if on > p.permit && on <= p.world.asOf && p.here(on) {
		l.add(duoExam, 0, on+day(p.between(10, 60)), date(on), text(part), level, text(result))
	}
}

// vocational draws mbo of young people, and the bbl that a job of that form goes with.
func (p *subject) vocational(l *life) {
	for _, j := range p.jobs {
		if j.form == bbl {
			p.course(l, "bbl", j.start, p.between(1, 3))
		}
	}
	if p.settled == 0 || p.group.kind != permitHolder {
		return
	}
	from := p.settled + day(p.between(300, 1500))
	age := p.age(from)
	switch {
	case age >= 16 && age < 30 && p.chance(0.3):
		p.course(l, "bol", from, p.between(1, 4))
	case age >= 18 && age < 50 && p.chance(0.04):
		p.course(l, pickOf(p, "certificaat", "praktijkverklaring"), from, p.between(1, 2))
	}
}

func (p *subject) course(l *life, kind string, from day, level int) {
	if from > p.world.asOf {
		return
	}
	l.add(duoMbo, 0, from+day(p.between(10, 60)), text(kind), integer(level), date(from), value{}, text("lopend"))
	to := from + day(p.between(200, 1000))
	if to > p.world.asOf {
		return
	}
	result := "gestopt"
	if p.chance(0.6) {
		result = "diploma"
		if kind == "certificaat" || kind == "praktijkverklaring" {
			result = "behaald"
		}
	}
	known := to + day(p.between(10, 60))
	l.set(known, 3, date(to))
	l.set(known, 4, text(result))
}

// countries of the diplomas by nationality group; the others come from a neighbouring country.
var countries = [nationalities]string{"SY", "ER", "AF", "IQ", "IR", "TR", "YE", "UA"}

// idwRecords tells the valuations of diplomas: by BSN, for some with the V number too. 5,488 inburgeraars had one in 2018 (wspzvl.nl).
func (p *subject) idwRecords(l *life) {
	if p.b() == 0 || p.permit == 0 || p.age(p.permit) < 20 {
		return
	}
	share := []float64{0.01, 0.14, 0.30, 0.55}[p.education]
	if p.group.kind == displaced {
		share *= 0.1
	}
	if !p.chance(share) {
		return
	}
	v := vNumber(p.n)
	if p.chance(0.7) {
		v = 0
	}
	l.as(v, p.b(), 0)
	asked := max(p.permit, p.bsn) + day(p.logNormal(10, 0.7)*30.4)
	if asked > p.world.asOf || !p.here(asked) {
		return
	}
	country := text(countries[p.group.nation])
	l.add(idwValuation, 0, asked+day(p.between(2, 20)), date(asked), value{}, value{}, value{}, text(pickOf(p, "0111", "0311", "0413", "0541", "0613", "0716", "0731", "0913", "1015")), country)
	decided := asked + day(p.between(20, 120))
	if decided > p.world.asOf {
		return
	}
	level := []int{1, 3, 4, 6}[p.education]
	if p.education == 3 && p.chance(0.35) {
		level = 7
	}
	if p.education == 1 && p.chance(0.4) {
		level = 4
	}
	kind := "diplomawaardering"
	if p.chance(0.25) {
		kind = "indicatie_onderwijsniveau"
	} else if p.chance(0.1) {
		kind = "opleidingswaardering"
	}
	known, nlqf := decided+day(p.between(2, 20)), integer(level)
	if p.chance(0.08) {
		kind, nlqf = "geen_waardering", value{}
	}
	l.set(known, 1, date(decided))
	l.set(known, 2, text(kind))
	l.set(known, 3, nlqf)
}
