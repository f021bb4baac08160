package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// wage is one row of uwv_employment in the short form in which it waits for its period's file.
type wage struct {
	person   uint32
	row      uint16 // within the person
	ikv      uint16 // within the person
	employer uint64
	period   uint16
	from, to calendar.Day // of the income relation; to is 0 when it is not known to end
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
	l.as(vNumber(p.N), p.b(), p.BSN)
	for _, w := range p.Permits {
		l.add(uwvWorkPermit, 0, w.Requested+3, date(w.Requested), value{}, value{}, text(w.Occupation), text(w.Sector))
		if w.Decided <= p.world.AsOf {
			known := w.Decided + calendar.Day(p.Between(1, 10))
			l.set(known, 1, date(w.Decided))
			l.set(known, 2, text(w.Decision))
			if w.Decision == "verleend" {
				l.set(known, 5, date(w.From))
				l.set(known, 6, date(w.To))
			}
		}
	}
}

// wageWriter takes each row together with the month in which UWV first delivers it.
type wageWriter struct {
	p    *subject
	row  uint16
	ikv  uint16
	emit func(w *wage, delivered calendar.Month)
}

// wages writes all rows of the person, jobs first, then bijstand (43).
func (p *subject) wages(emit func(w *wage, delivered calendar.Month)) {
	if p.BSN == 0 {
		return
	}
	w := &wageWriter{p: p, emit: emit}
	for i := range p.Jobs {
		w.job(&p.Jobs[i])
	}
	for _, s := range p.Spells {
		w.bijstand(s)
	}
}

// job writes the rows of one job, cutting it into income relations, and what may come beside and after it.
func (w *wageWriter) job(j *population.Job) {
	p := w.p
	w.rows(j, j.Employer, j.Start, j.End, j.Hours)
	if p.Chance(rateParallel) && (j.End == 0 || j.End-j.Start > 120) {
		from := j.Start + calendar.Day(p.Between(20, 80))
		to := from + calendar.Day(p.Between(40, 200))
		if j.End != 0 {
			to = min(to, j.End)
		}
		side := p.DrawJob(from)
		w.rows(&side, side.Employer, from, to, min(side.Hours, 12))
	}
	if j.End == 0 || j.End > p.world.AsOf {
		return
	}
	if p.Chance(rateNegative) {
		w.after(j, wage{income: 15, nature: 1, hours: -int16(p.Between(2, 16)), cents: -int32(p.Between(3000, 20000)), flags: written})
	}
	if j.End-j.Start > 500 && p.Chance(rateSeverance) {
		w.ikv++
		w.after(j, wage{income: 62, cents: int32(p.Between(50000, 300000)), flags: noFlags})
	}
}

// after writes a row in the month after a job's end; severance pay is an income relation of its own.
func (w *wageWriter) after(j *population.Job, row wage) {
	at := w.p.world.plan.periods.find((j.End.Month() + 1).First(), false)
	if at < 0 {
		return
	}
	row.employer, row.period, row.from, row.to = j.Employer, uint16(at), j.Start, j.End
	row.ikv, row.sector = w.ikv, sectorNumber(j.Sector)
	if row.income == 62 {
		row.from = w.p.world.plan.periods.list[at].from
		row.to = row.from
	}
	w.put(&row)
}

func sectorNumber(s string) uint8 { return (s[0]-'0')*10 + s[1] - '0' }

// rows writes one row per period that the job touches.
func (w *wageWriter) rows(j *population.Job, employer uint64, from, to calendar.Day, weekly float64) {
	p := w.p
	ps := &p.world.plan.periods
	row := wage{employer: employer, from: from, income: 15, nature: natureOf(j.Form), sector: sectorNumber(j.Sector)}
	if j.Sector[0] == '6' && j.Form == population.FixedTerm {
		row.income = 11
	}
	w.ikv++
	row.ikv = w.ikv
	fourWeekly := population.PaysFourWeekly(row.employer)
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
		case t.to < p.world.AsOf && p.Chance(rateAdminEnd):
			row.to, row.reason = t.to, 90
		case t.to < p.world.AsOf && p.Chance(rateTakeOver):
			row.to, row.reason = t.to, 90
			employer = p.PickEmployer(j.Sector)
		}
		w.put(&row)
		if ends {
			return
		}
		if row.to != 0 { // goes on under a new number
			w.ikv++
			row.ikv, row.from, row.employer = w.ikv, row.to+1, employer
			if next := population.PaysFourWeekly(employer); next != fourWeekly {
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
func (w *wageWriter) pay(row *wage, j *population.Job, weekly float64, days int, level float64) {
	p := w.p
	paid := weekly * float64(days) / 7
	if j.Form == population.OnCall {
		paid *= 0.7 + 0.6*p.Rand.Float64()
		if p.Chance(rateZeroHours) {
			paid = 0
		}
		row.contract = 0
	} else {
		paid *= 0.99 + 0.02*p.Rand.Float64()
		row.contract = uint16(weekly*4+0.5) * 25
	}
	row.hours = int16(paid + 0.5)
	row.cents = int32(float64(row.hours) * float64(j.Cents) * level)
}

// wageLevel is the level of hourly wages relative to 2022. Assumption: 2 % a year, the rises of 2023 and 2024 on top.
func wageLevel(d calendar.Day) float64 {
	y := d.Year()
	level := 1 + 0.02*float64(y-2022)
	if y >= 2023 {
		level += 0.08
	}
	if y >= 2024 {
		level += 0.04
	}
	return level
}

func natureOf(c population.Contract) uint8 {
	switch c {
	case population.Agency:
		return 11
	case population.Payroll:
		return 82
	case population.BBL:
		return 83
	default:
		return 1
	}
}

func flagsOf(j *population.Job, at calendar.Day) uint8 {
	f := uint8(written)
	if j.Form == population.OnCall {
		f |= called
	}
	if j.PermanentFrom != 0 && j.PermanentFrom <= at {
		f |= permanent
	}
	return f
}

// reasonOf draws the reason of the end of an income relation.
func reasonOf(j *population.Job, p *subject) uint8 {
	switch {
	case j.Form == population.Agency && p.Chance(0.5):
		return 41
	case j.PermanentFrom != 0 && p.Chance(0.3):
		return 4
	case p.Chance(0.3):
		return 20
	case p.Chance(0.05):
		return 1
	default:
		return 30
	}
}

// townEmployer numbers a municipality as the payer of bijstand.
func townEmployer(town int) uint64 { return 9e12 + uint64(town) }

// bijstand writes the monthly rows that a benefit shows in the wages, one income relation per municipality.
func (w *wageWriter) bijstand(s population.BenefitSpell) {
	p := w.p
	ps := &p.world.plan.periods
	amount := int32(115_000 + p.Between(-25_000, 40_000))
	for _, h := range p.Homes {
		from, to := max(s.From, h.From), s.To
		if h.To != 0 && (to == 0 || h.To < to) {
			to = h.To
		}
		if to != 0 && to < from {
			continue
		}
		w.ikv++
		row := wage{ikv: w.ikv, employer: townEmployer(h.Town), from: from, income: 43, flags: noFlags, cents: amount, sector: 64}
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
	if t.from > p.world.AsOf {
		return
	}
	w.row++
	row.person, row.row = uint32(p.N), w.row
	delivered := t.from.Month() + uwvLag
	row.op = 'T'
	u := p.Rand.Float64()
	switch {
	case u < rateCorrection && row.income != 62:
		later := delivered + calendar.Month(p.Between(1, 9))
		fixed := *row
		fixed.op = 'W'
		if p.Chance(1 - rateCorrectSame) {
			fixed.op = 'T'
			fixed.flags |= corrected
		}
		if row.hours > 4 {
			row.hours -= int16(p.Between(1, 4))
		}
		row.cents = int32(float64(row.cents) * (0.85 + 0.1*p.Rand.Float64()))
		w.emitCorrected(row, &fixed, delivered, later)
	case u < rateCorrection+rateWageDeleted:
		later := delivered + calendar.Month(p.Between(1, 6))
		extra := *row
		w.emitWithdrawn(&extra, delivered, later)
	default:
		w.emit(row, delivered)
	}
}

// emitCorrected hands on a row and, in a later delivery, what replaces it; when both fall in the full delivery only the correction is there.
func (w *wageWriter) emitCorrected(row, fixed *wage, delivered, later calendar.Month) {
	hours, cents := fixed.hours, fixed.cents
	full := w.p.world.plan.uwv[0].drawn.Month()
	if later > full {
		w.emit(row, delivered)
	}
	w.emit(fixed, later)
	row.hours, row.cents = hours, cents
}

// emitWithdrawn hands on a row that is deleted later; when both fall in the full delivery nothing is left of it.
func (w *wageWriter) emitWithdrawn(row *wage, delivered, later calendar.Month) {
	if later <= w.p.world.plan.uwv[0].drawn.Month() {
		return
	}
	w.emit(row, delivered)
	gone := *row
	gone.op, gone.hours, gone.cents = 'V', 0, 0
	w.emit(&gone, later)
}
