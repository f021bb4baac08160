package reference

import (
	"cmp"
	"math/big"

	"doorstroom/pipelines/route"
)

func (p *person) working(d day) bool { return len(p.workRows(p.Employments, d)) > 0 }

func (p *person) bijstand(d day) bool {
	return has(p.Bijstand, func(r route.Bijstand) bool { return p.counts(r) && holds(r.Start, r.End, d) })
}

// free is working and not in bijstand.
func (p *person) free(d day) bool { return p.working(d) && !p.bijstand(d) }

// sustained: d lies in a run of n or more consecutive reference days of the
// grid; unknown when the run is shorter but open at the grid end.
func (p *person) sustained(at, n int) maybe {
	if !p.free(p.grid[at]) {
		return sure(false)
	}
	first, last := at, at
	for first > 0 && p.free(p.grid[first-1]) {
		first--
	}
	for last < len(p.grid)-1 && p.free(p.grid[last+1]) {
		last++
	}
	switch length := last - first + 1; {
	case length >= n:
		return sure(true)
	case last == len(p.grid)-1:
		return maybe{}
	}
	return sure(false)
}

func (p *person) stay(d day) *route.Stay {
	covers := func(r route.Stay) bool { return holds(r.Start, r.End, d) }
	return best(p.Stays, covers, func(a, b route.Stay) int {
		return cmp.Or(cmp.Compare(b.Start, a.Start), cmp.Compare(b.RecordID, a.RecordID))
	})
}

func (p *person) stage(at int) string {
	d := p.grid[at]
	inAZC := p.stay(d) != nil
	switch {
	case p.exitOn != none && p.exitOn < d:
		return "left"
	case p.sustained(at, p.Sustained[0]).value:
		return "sustained"
	case p.working(d) && !p.bijstand(d):
		return "work"
	case p.working(d) && p.bijstand(d):
		return "work_and_bijstand"
	case p.bijstand(d):
		return "bijstand"
	case inAZC && p.permitStart != none && p.permitStart <= d:
		return "azc_with_permit"
	case inAZC:
		return "azc_in_procedure"
	case p.residenceOn(d) != nil:
		return "settled_other"
	}
	return "unknown"
}

func (p *person) municipalityOn(d day) string {
	if r := p.residenceOn(d); r != nil {
		return r.MunicipalityCode
	}
	if s := p.stay(d); s != nil {
		return s.MunicipalityCode
	}
	return ""
}

func (p *person) leerroute(d day) string {
	signed := func(r route.Inburgering) bool { return r.PIPSignedOn != none && r.PIPSignedOn <= d }
	r := best(p.Inburgering, signed, func(a, b route.Inburgering) int {
		return cmp.Or(cmp.Compare(b.PIPSignedOn, a.PIPSignedOn), cmp.Compare(b.RecordID, a.RecordID),
			cmp.Compare(a.MunicipalityCode, b.MunicipalityCode))
	})
	if r == nil {
		return ""
	}
	return r.Leerroute
}

func (p *person) dual(d day) bool {
	signed := has(p.Inburgering, func(r route.Inburgering) bool { return r.PIPSignedOn != none && r.PIPSignedOn <= d })
	done := has(p.Obligations, func(r route.Obligation) bool { return r.FulfilledOn != none && r.FulfilledOn <= d })
	provided := has(p.Provisions, func(r route.Provision) bool { return r.HoursPerWeek > 0 && holds(r.Start, r.End, d) })
	return signed && !done && (p.working(d) || provided)
}

func (p *person) bbl(d day) bool {
	return has(p.workRows(p.Employments, d), func(r route.Employment) bool { return among(p.BBLWork, r.CDAard) }) ||
		has(p.Mbos, func(r route.Mbo) bool { return r.Kind == "bbl" && holds(r.Start, r.End, d) })
}

func (p *person) hoursWeek(d day) int64 {
	sum := new(big.Rat)
	for _, r := range p.workRows(p.Employments, d) {
		sum.Add(sum, p.weeklyHours(r))
	}
	return rounded(sum)
}

func (p *person) monthRow(at int) []string {
	d := p.grid[at]
	t := d.Time()
	k, age, ageKnown := 0, 0, false
	if p.permitStart != none {
		s := p.permitStart.Time()
		k = (t.Year()-s.Year())*12 + int(t.Month()) - int(s.Month())
	}
	if r := p.referencePermit(); r != nil && r.BirthYear != 0 {
		age = t.Year() - int(r.BirthYear)
		ageKnown = age >= 0
	}
	wage := 0
	for _, r := range p.workRows(p.Employments, d) {
		wage += int(r.WageSVCents)
	}
	main := p.mainJob(p.workRows(p.Employments, d))
	sector := ""
	if main != nil {
		sector = main.SectorCode
	}
	startbaan := has(p.Provisions, func(r route.Provision) bool { return r.Startbaan == "J" && holds(r.Start, r.End, d) })
	return []string{date(firstOfMonth(d)), numberOrNull(k, p.permitStart != none), numberOrNull(age, ageKnown), p.stage(at),
		yes(p.stay(d) != nil), text(p.municipalityOn(d)), text(p.regions[p.municipalityOn(d)]), yes(p.working(d)),
		yes(p.bijstand(d)), decimal(p.hoursWeek(d)), number(wage), p.contract(main), text(sector), yes(p.bbl(d)),
		yes(startbaan), yes(p.dual(d)), text(p.leerroute(d)),
		p.sustained(at, p.Sustained[0]).text(), p.sustained(at, p.Sustained[1]).text(), p.sustained(at, p.Sustained[2]).text()}
}
