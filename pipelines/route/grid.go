package route

import (
	"slices"

	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// grid is the run of months for which a person's statuses are stated; it is
// empty when first > last.
type grid struct{ first, last schemas.Month }

func (g grid) len() int { return max(0, int(g.last-g.first)+1) }

func (g grid) has(m schemas.Month) bool { return g.first <= m && m <= g.last }

// clip keeps the part of a run of months that lies in the grid.
func (g grid) clip(from, to schemas.Month) (schemas.Month, schemas.Month) {
	return max(from, g.first), min(to, g.last)
}

// emptyGrid holds no month.
var emptyGrid = grid{first: 1, last: 0}

// monthWork is what the records say about work and bijstand on one reference day.
type monthWork struct {
	main     *interval // of the main job; nil when not working
	hours    int64     // sum of hours_paid over this many days
	days     int32
	mixed    bool // different numbers of days: hours is not a sum
	bbl      bool
	bijstand bool
	settled  bool // a residence covers the day
	wage     int64
	day      schemas.Date // the reference day, set with the row of the month
}

// layGrid finds the months of the grid and clears what is known about them.
func (b *Builder) layGrid(p *Person, ed *Edition) grid {
	g := emptyGrid
	if start := b.gridStart(p); start != 0 && ed.GridEnd != 0 {
		g = grid{first: start.Month(), last: ed.GridEnd.Month()}
	}
	b.months = slices.Grow(b.months[:0], g.len())[:g.len()]
	clear(b.months)
	return g
}

// gridStart gives the earliest day of the asylum route, else of whatever else
// is known of the person; zero when nothing is.
func (b *Builder) gridStart(p *Person) schemas.Date {
	start := earliest(b.found[AZCArrival].date, b.found[Application].date,
		b.found[PermitStarted].date, b.found[TemporaryProtection].date)
	if start != 0 {
		return start
	}
	for k := range b.found {
		start = earliest(start, b.found[k].date)
	}
	for i := range p.Obligations {
		start = earliest(start, p.Obligations[i].Start)
	}
	for i := range p.Exams {
		start = earliest(start, p.Exams[i].TakenOn)
	}
	return start
}

// earliest gives the earliest of the dates that are given, zero without any.
func earliest(dates ...schemas.Date) schemas.Date {
	first := schemas.Date(0)
	for _, d := range dates {
		if d != 0 && (first == 0 || d < first) {
			first = d
		}
	}
	return first
}

// markWork puts the work intervals on the grid.
func (b *Builder) markWork(rows []Employment) {
	for i := range b.work {
		iv := &b.work[i]
		from, to := b.grid.clip(iv.from, iv.to)
		bbl := b.rules.contracts.of(rows[iv.row].CDAard) == BBL
		for m := from; m <= to; m++ {
			b.months[m-b.grid.first].add(iv, rows, bbl)
		}
	}
}

func (m *monthWork) add(iv *interval, rows []Employment, bbl bool) {
	r := &rows[iv.row]
	if m.main == nil {
		m.main, m.days = iv, iv.days
	} else {
		m.main = mainJob(rows, m.main, iv)
		m.mixed = m.mixed || m.days != iv.days
	}
	m.hours += int64(r.HoursPaid)
	m.wage += r.WageSVCents
	m.bbl = m.bbl || bbl
}

// markBijstand puts bijstand on the grid.
func (b *Builder) markBijstand(rows []Bijstand) {
	for _, key := range b.benefits {
		r := &rows[position(key)]
		from, to := b.grid.clip(r.Start.Month(), b.grid.last)
		if r.End != 0 {
			from, to = b.grid.clip(referenceMonths(r.Start, r.End))
		}
		for m := from; m <= to; m++ {
			b.months[m-b.grid.first].bijstand = true
		}
	}
}

// hoursWeek gives the weekly hours on reference day d, on which there is work.
func (b *Builder) hoursWeek(m *monthWork, d schemas.Date, rows []Employment) weekly.Hundredths {
	if !m.mixed {
		return weekly.Of(m.hours, int64(m.days))
	}
	var sum weekly.Sum
	for i := range b.work {
		if iv := &b.work[i]; iv.start <= d && d <= iv.end {
			sum.Add(int64(rows[iv.row].HoursPaid), int64(iv.days))
		}
	}
	return sum.Rounded()
}
