package reference

import (
	"cmp"

	"doorstroom/pipelines/route"
)

// person is the person and what several tables need.
type person struct {
	*route.Person
	edition
	permitStart, protectionStart, appliedOn, arrivedOn day
	exitOn                                             day
	exitReason                                         string
	exitRecord                                         string
	grid                                               []day // reference days
}

// residence on d: latest settled_on, ties greatest record_id, then smallest municipality.
func (p *person) residence(keep func(route.Residence) bool) *route.Residence {
	return best(p.Residences, keep, func(a, b route.Residence) int {
		return cmp.Or(cmp.Compare(b.SettledOn, a.SettledOn), cmp.Compare(b.RecordID, a.RecordID),
			cmp.Compare(a.MunicipalityCode, b.MunicipalityCode))
	})
}

func (p *person) residenceOn(d day) *route.Residence {
	return p.residence(func(r route.Residence) bool { return holds(r.SettledOn, r.LeftOn, d) })
}

func (def *definitions) asylum(r route.Permit) bool { return among(def.AsylumTitles, r.TitleCode) }

func (def *definitions) protection(r route.Permit) bool {
	return among(def.ProtectionTitles, r.TitleCode)
}

func (def *definitions) inProcedure(r route.Permit) bool {
	return among(def.ProcedureTitles, r.TitleCode)
}

func (p *person) findDates() {
	for _, r := range p.Permits {
		if p.asylum(r) && (p.permitStart == none || r.Start < p.permitStart) {
			p.permitStart = r.Start
		}
		if p.protection(r) && (p.protectionStart == none || r.Start < p.protectionStart) {
			p.protectionStart = r.Start
		}
		if r.AppliedOn != none && (p.appliedOn == none || r.AppliedOn < p.appliedOn) {
			p.appliedOn = r.AppliedOn
		}
	}
	for _, r := range p.Stays {
		if p.arrivedOn == none || r.Start < p.arrivedOn {
			p.arrivedOn = r.Start
		}
	}
	last := p.residence(all)
	if last == nil || last.LeftOn == none {
		return
	}
	if reason := map[string]string{"geemigreerd": "emigrated", "overleden": "died"}[last.LeftReason]; reason != "" {
		p.exitOn, p.exitReason, p.exitRecord = last.LeftOn, reason, last.RecordID
	}
}

func (p *person) population() string {
	switch {
	case has(p.Permits, p.asylum):
		return "asylum"
	case has(p.Permits, p.protection):
		return "displaced"
	case has(p.Permits, p.inProcedure):
		return "in_procedure"
	}
	return "other"
}

// referencePermit: with title 26/27 and the earliest start, else TB, else any;
// ties smallest record_id.
func (p *person) referencePermit() *route.Permit {
	earliest := func(a, b route.Permit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.RecordID, b.RecordID))
	}
	for _, keep := range []func(route.Permit) bool{p.asylum, p.protection, all[route.Permit]} {
		if r := best(p.Permits, keep, earliest); r != nil {
			return r
		}
	}
	return nil
}

var nationalityGroups = map[string]string{"0336": "syrie", "0084": "eritrea", "0300": "afghanistan", "0314": "irak",
	"0315": "iran", "0339": "turkije", "0149": "somalie", "0058": "jemen", "0034": "oekraine"}

func nationalityGroup(code string) string {
	if code == "" {
		return "-"
	}
	if group, ok := nationalityGroups[code]; ok {
		return group
	}
	return "overig"
}

func (p *person) personRow() []string {
	permit := route.Permit{}
	if r := p.referencePermit(); r != nil {
		permit = *r
	}
	obligation := best(p.Obligations, all, func(a, b route.Obligation) int {
		return cmp.Or(cmp.Compare(b.Start, a.Start), cmp.Compare(b.RecordID, a.RecordID))
	})
	if obligation == nil {
		obligation = &route.Obligation{}
	}
	decided := func(r route.Valuation) bool { return r.DecidedOn != none }
	valuation := best(p.Valuations, decided, func(a, b route.Valuation) int {
		return cmp.Or(cmp.Compare(b.NLQFLevel, a.NLQFLevel), cmp.Compare(a.DecidedOn, b.DecidedOn), cmp.Compare(a.RecordID, b.RecordID))
	})
	if valuation == nil {
		valuation = &route.Valuation{}
	}
	coupled, first, current, region := p.municipalities()
	cohort := 0
	if p.permitStart != none {
		cohort = p.permitStart.Time().Year()
	}
	good := has(p.Permits, func(r route.Permit) bool { return p.inProcedure(r) && r.GoodProspects == "J" })
	return []string{text(p.Linkage), p.population(), numberOrNull(cohort, cohort != 0), date(p.permitStart),
		date(p.protectionStart), date(p.appliedOn), date(p.arrivedOn), text(permit.Route), text(permit.Sex),
		numberOrNull(int(permit.BirthYear), permit.BirthYear != 0), text(permit.NationalityCode),
		nationalityGroup(permit.NationalityCode), yes(good), text(obligation.Law), text(obligation.TargetGroup),
		text(coupled), text(first), text(current), text(region), text(valuation.Kind),
		numberOrNull(int(valuation.NLQFLevel), valuation.NLQFLevel != 0), date(p.exitOn), text(p.exitReason)}
}

func (p *person) municipalities() (coupled, first, current, region string) {
	placement := best(p.Placements, all, func(a, b route.Placement) int {
		return cmp.Or(cmp.Compare(b.CoupledOn, a.CoupledOn), cmp.Compare(b.RecordID, a.RecordID))
	})
	if placement != nil {
		coupled = placement.MunicipalityCode
	}
	earliest := best(p.Residences, all, func(a, b route.Residence) int {
		return cmp.Or(cmp.Compare(a.SettledOn, b.SettledOn), cmp.Compare(a.RecordID, b.RecordID),
			cmp.Compare(a.MunicipalityCode, b.MunicipalityCode))
	})
	if earliest != nil {
		first = earliest.MunicipalityCode
	}
	if r := p.residenceOn(p.cutOff); r != nil && !(p.exitOn != none && p.exitOn < p.cutOff) {
		current = r.MunicipalityCode
	}
	from := current
	if from == "" {
		if last := p.residence(all); last != nil {
			from = last.MunicipalityCode
		} else {
			from = coupled
		}
	}
	return coupled, first, current, p.regions[from]
}
