package synth

// wage is one row of uwv_employment in the short form in which it waits for its period's file.
type wage struct {
	person   uint32
	row      uint16 // within the person
	ikv      uint16 // within the person
	employer uint64
	period   uint16
	from, to day // of the income relation; to is 0 when it is not known to end
	reason   uint8
	income   uint8 // srt_iv
	nature   uint8 // cd_aard
	flags    uint8
	op       byte // 0, T, W or V
	hours    int16
	contract uint16 // hundredths of hours a week
	cents    int32
	sector   uint8
	broken   uint8 // rule that this copy breaks, 0 for none
}

// Bits of wage.flags.
const (
	permanent = 1 << iota
	written
	called
	noFlags   // none of the three is stated
	corrected // the record number is that of a correction
)

// workPermitRecords tells the work permits: by V, with the BSN.
func (p *subject) workPermitRecords(l *life) {
	l.as(vNumber(p.n), p.b(), p.bsn)
	for _, w := range p.permits {
		l.add(uwvWorkPermit, 0, w.requested+3, date(w.requested), value{}, value{}, text(w.occupation), text(w.sector))
		if w.decided <= p.world.asOf {
			known := w.decided + day(p.between(1, 10))
			l.set(known, 1, date(w.decided))
			l.set(known, 2, text(w.decision))
			if w.decision == "verleend" {
				l.set(known, 5, date(w.from))
				l.set(known, 6, date(w.to))
			}
		}
	}
}

// wageWriter takes each row together with the month in which UWV first delivers it.
type wageWriter struct {
	p    *subject
	row  uint16
	ikv  uint16
	emit func(w *wage, delivered month)
}

// wages writes all rows of the person, jobs first, then bijstand (43).
func (p *subject) wages(emit func(w *wage, delivered month)) {
	if p.bsn == 0 {
		return
	}
	w := &wageWriter{p: p, emit: emit}
	for i := range p.jobs {
		w.job(&p.jobs[i])
	}
	for _, s := range p.spells {
		w.bijstand(s)
	}
}

// job writes the rows of one job, cutting it into income relations, and what may come beside and after it.
func (w *wageWriter) job(j *job) {
	p := w.p
	w.rows(j, j.employer, j.start, j.end, j.hours)
	if p.chance(rateParallel) && (j.end == 0 || j.end-j.start > 120) {
		from := j.start + day(p.between(20, 80))
		to := from + day(p.between(40, 200))
		if j.end != 0 {
			to = min(to, j.end)
		}
		side := p.drawJob(from)
		w.rows(&side, side.employer, from, to, min(side.hours, 12))
	}
	if j.end == 0 || j.end > p.world.asOf {
		return
	}
	if p.chance(rateNegative) {
		w.after(j, wage{income: 15, nature: 1, hours: -int16(p.between(2, 16)), cents: -int32(p.between(3000, 20000)), flags: written})
	}
	if j.end-j.start > 500 && p.chance(rateSeverance) {
		w.ikv++
		w.after(j, wage{income: 62, cents: int32(p.between(50000, 300000)), flags: noFlags})
	}
}

// after writes a row in the month after a job's end; severance pay is an income relation of its own.
func (w *wageWriter) after(j *job, row wage) {
	at := w.p.world.plan.periods.find((j.end.month() + 1).first(), false)
	if at < 0 {
		return
	}
	row.employer, row.period, row.from, row.to = j.employer, uint16(at), j.start, j.end
	row.ikv, row.sector = w.ikv, sectorNumber(j.sector)
	if row.income == 62 {
		row.from = w.p.world.plan.periods.list[at].from
		row.to = row.from
	}
	w.put(&row)
}

func sectorNumber(s string) uint8 { return (s[0]-'0')*10 + s[1] - '0' }

// rows writes one row per period that the job touches.
func (w *wageWriter) rows(j *job, employer uint64, from, to day, weekly float64) {
	p := w.p
	ps := &p.world.plan.periods
	row := wage{employer: employer, from: from, income: 15, nature: natureOf(j.form), sector: sectorNumber(j.sector)}
	if j.sector[0] == '6' && j.form == fixedTerm {
		row.income = 11
	}
	w.ikv++
	row.ikv = w.ikv
	fourWeekly := paysFourWeekly(row.employer)
	level := wageLevel(from)
	for at := ps.find(max(from, coverStart), fourWeekly); at >= 0; {
		t := ps.list[at]
		row.period = uint16(at)
		first, last := max(t.from, row.from), t.to
		ends := to != 0 && to <= t.to
		if ends {
			last = to
		}
		row.flags = flagsOf(j, last)
		w.pay(&row, j, weekly, int(last-first)+1, level)
		row.to, row.reason = 0, 0
		switch {
		case ends:
			row.to, row.reason = to, reasonOf(j, p)
		case t.to < p.world.asOf && p.chance(rateAdminEnd):
			row.to, row.reason = t.to, 90
		case t.to < p.world.asOf && p.chance(rateTakeOver):
			row.to, row.reason = t.to, 90
			employer = p.pickEmployer(j.sector)
		}
		w.put(&row)
		if ends {
			return
		}
		if row.to != 0 { // goes on under a new number
			w.ikv++
			row.ikv, row.from, row.employer = w.ikv, row.to+1, employer
			if next := paysFourWeekly(employer); next != fourWeekly {
				fourWeekly = next
				at = ps.find(row.from, fourWeekly)
				continue
			}
		}
		at = nextPeriod(ps, at, fourWeekly)
	}
}

func nextPeriod(ps *periods, at int, fourWeekly bool) int {
	end := ps.months
	if fourWeekly {
		end = len(ps.list)
	}
	if at+1 < end {
		return at + 1
	}
	return -1
}

// pay fills in hours and wage for the days of the period that the job covers.
func (w *wageWriter) pay(row *wage, j *job, weekly float64, days int, level float64) {
	p := w.p
	paid := weekly * float64(days) / 7
	if j.form == onCall {
		paid *= 0.7 + 0.6*p.rng.Float64()
		if p.chance(rateZeroHours) {
			paid = 0
		}
		row.contract = 0
	} else {
		paid *= 0.99 + 0.02*p.rng.Float64()
		row.contract = uint16(weekly*4+0.5) * 25
	}
	row.hours = int16(paid + 0.5)
	row.cents = int32(float64(row.hours) * float64(j.cents) * level)
}

// wageLevel is the level of hourly wages relative to 2022. Assumption: 2 % a year, the rises of 2023 and 2024 on top.
func wageLevel(d day) float64 {
	y := d.year()
	level := 1 + 0.02*float64(y-2022)
	if y >= 2023 {
		level += 0.08
	}
	if y >= 2024 {
		level += 0.04
	}
	return level
}

func natureOf(c contract) uint8 {
	switch c {
	case agency:
		return 11
	case payroll:
		return 82
	case bbl:
		return 83
	default:
		return 1
	}
}

func flagsOf(j *job, at day) uint8 {
	f := uint8(written)
	if j.form == onCall {
		f |= called
	}
	if j.permanentFrom != 0 && j.permanentFrom <= at {
		f |= permanent
	}
	return f
}

// reasonOf draws the reason of the end of an income relation.
func reasonOf(j *job, p *subject) uint8 {
	switch {
	case j.form == agency && p.chance(0.5):
		return 41
	case j.permanentFrom != 0 && p.chance(0.3):
		return 4
	case p.chance(0.3):
		return 20
	case p.chance(0.05):
		return 1
	default:
		return 30
	}
}

// townEmployer numbers a municipality as the payer of bijstand.
func townEmployer(town int) uint64 { return 9e12 + uint64(town) }

// bijstand writes the monthly rows that a benefit shows in the wages, one income relation per municipality.
func (w *wageWriter) bijstand(s benefitSpell) {
	p := w.p
	ps := &p.world.plan.periods
	amount := int32(115_000 + p.between(-25_000, 40_000))
	for _, h := range p.homes {
		from, to := max(s.from, h.from), s.to
		if h.to != 0 && (to == 0 || h.to < to) {
			to = h.to
		}
		if to != 0 && to < from {
			continue
		}
		w.ikv++
		row := wage{ikv: w.ikv, employer: townEmployer(h.town), from: from, income: 43, flags: noFlags, cents: amount, sector: 64}
		for at := ps.find(from, false); at >= 0; at = nextPeriod(ps, at, false) {
			row.period = uint16(at)
			ends := to != 0 && to <= ps.list[at].to
			if ends {
				row.to = to
			}
			w.put(&row)
			if ends {
				break
			}
		}
	}
}

// put numbers a row and hands it on, with a correction or a withdrawal for a few.
func (w *wageWriter) put(row *wage) {
	p := w.p
	t := p.world.plan.periods.list[row.period]
	if t.from > p.world.asOf {
		return
	}
	w.row++
	row.person, row.row = uint32(p.n), w.row
	delivered := t.from.month() + uwvLag
	row.op = 'T'
	u := p.rng.Float64()
	switch {
	case u < rateCorrection && row.income != 62:
		later := delivered + month(p.between(1, 9))
		fixed := *row
		fixed.op = 'W'
		if p.chance(1 - rateCorrectSame) {
			fixed.op = 'T'
			fixed.flags |= corrected
		}
		if row.hours > 4 {
			row.hours -= int16(p.between(1, 4))
		}
		row.cents = int32(float64(row.cents) * (0.85 + 0.1*p.rng.Float64()))
		w.emitCorrected(row, &fixed, delivered, later)
	case u < rateCorrection+rateWageDeleted:
		later := delivered + month(p.between(1, 6))
		extra := *row
		w.emitWithdrawn(&extra, delivered, later)
	default:
		w.emit(row, delivered)
	}
}

// emitCorrected hands on a row and, in a later delivery, what replaces it; when both fall in the full delivery only the correction is there.
func (w *wageWriter) emitCorrected(row, fixed *wage, delivered, later month) {
	hours, cents := fixed.hours, fixed.cents
	full := w.p.world.plan.uwv[0].drawn.month()
	if later > full {
		w.emit(row, delivered)
	}
	w.emit(fixed, later)
	row.hours, row.cents = hours, cents
}

// emitWithdrawn hands on a row that is deleted later; when both fall in the full delivery nothing is left of it.
func (w *wageWriter) emitWithdrawn(row *wage, delivered, later month) {
	if later <= w.p.world.plan.uwv[0].drawn.month() {
		return
	}
	w.emit(row, delivered)
	gone := *row
	gone.op, gone.hours, gone.cents = 'V', 0, 0
	w.emit(&gone, later)
}
