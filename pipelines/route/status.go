package route

import (
	"slices"

	"doorstroom/schemas"
)

// writeMonths makes the rows of month_status, but for runs and stages.
func (b *Builder) writeMonths(p *Person, ed *Edition, row *PersonRow, out *Facts) {
	n := b.grid.len()
	out.Months = slices.Grow(out.Months[:0], n)[:n]
	pip, done := firstPIP(p.Inburgering), b.found[InburgeringDone].date
	regions := regionMemo{lookup: ed.Region}
	permit := row.PermitStart.Month()
	first := b.grid.first.First()
	for i := range out.Months {
		month := b.grid.first + schemas.Month(i)
		next := (month + 1).First()
		d := next - 1
		m, work := &out.Months[i], &b.months[i]
		*m = MonthRow{Month: first, Bijstand: work.bijstand, WageSVCents: work.wage}
		first, work.day = next, d

		m.writeTime(row, month, permit)
		if work.main != nil {
			r := &p.Employments[work.main.row]
			m.Working, m.Contract, m.SectorCode = true, b.contractOf(r), r.SectorCode
			m.HoursWeek = b.hoursWeek(work, d, p.Employments)
		}
		m.MunicipalityCode, work.settled, m.InAZC = placeOn(p, d)
		m.Region = regions.of(m.MunicipalityCode)
		m.BBL = work.bbl || bblOn(p.Mbos, d)
		m.Leerroute = leerrouteOn(p.Inburgering, d)
		provided := m.writeProvisions(p.Provisions, d)
		underWay := pip != 0 && pip <= d && (done == 0 || done > d)
		m.Dual = underWay && (m.Working || provided)
	}
}

// writeTime tells how long after the permit, and how old.
func (m *MonthRow) writeTime(row *PersonRow, month, permit schemas.Month) {
	if row.PermitStart != 0 {
		m.K, m.HasK = int16(month-permit), true
	}
	if year := int(month) / 12; row.BirthYear != 0 && year >= int(row.BirthYear) {
		m.Age, m.HasAge = uint8(year-int(row.BirthYear)), true
	}
}

// placeOn tells where the person is on d, whether a residence says so, and whether they stay in an azc.
func placeOn(p *Person, d schemas.Date) (municipality string, settled, inAZC bool) {
	stay := stayOn(p.Stays, d)
	if r := residenceOn(p.Residences, d); r != nil {
		return r.MunicipalityCode, true, stay != nil
	}
	if stay != nil {
		municipality = stay.MunicipalityCode
	}
	return municipality, false, stay != nil
}

// stayOn gives the stay that covers d: latest start, then greatest record_id.
func stayOn(rows []Stay, d schemas.Date) *Stay {
	var best *Stay
	for i := range rows {
		r := &rows[i]
		if covers(r.Start, r.End, d) && (best == nil || later(r.Start, r.RecordID, best.Start, best.RecordID)) {
			best = r
		}
	}
	return best
}

// regionMemo saves looking up the region of a municipality again and again.
type regionMemo struct {
	lookup       func(string) string
	code, region string
}

func (g *regionMemo) of(code string) string {
	if code == "" {
		return ""
	}
	if code != g.code {
		g.code, g.region = code, g.lookup(code)
	}
	return g.region
}
