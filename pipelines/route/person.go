package route

import (
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// describePerson fills the row of person.
func describePerson(p *Person, ed *Edition, row *PersonRow) {
	*row = PersonRow{Linkage: p.Linkage}
	describePermits(&ed.Definitions, p.Permits, row)
	for i := range p.Stays {
		row.ArrivedOn = earliest(row.ArrivedOn, p.Stays[i].Start)
	}
	if o := latestObligation(p.Obligations); o != nil {
		row.Law, row.TargetGroup = o.Law, o.TargetGroup
	}
	if v := bestValuation(p.Valuations); v != nil {
		row.ValuedKind, row.ValuedNLQF = v.Kind, uint8(v.NLQFLevel)
	}
	if c := latestPlacement(p.Placements); c != nil {
		row.CoupledMunicipality = c.MunicipalityCode
	}
	describeResidences(p.Residences, ed, row)
}

func describePermits(d *definition.Set, permits []Permit, row *PersonRow) {
	inProcedure := false
	for i := range permits {
		r := &permits[i]
		row.AppliedOn = earliest(row.AppliedOn, r.AppliedOn)
		switch {
		case d.AsylumTitles.Has(r.TitleCode):
			row.PermitStart = earliest(row.PermitStart, r.Start)
		case d.ProtectionTitles.Has(r.TitleCode):
			row.ProtectionStart = earliest(row.ProtectionStart, r.Start)
		case d.ProcedureTitles.Has(r.TitleCode):
			inProcedure = true
			row.GoodProspects = row.GoodProspects || r.GoodProspects == "J"
		}
	}
	switch {
	case row.PermitStart != 0:
		row.Population, row.Cohort = "asylum", uint16(row.PermitStart.Year())
	case row.ProtectionStart != 0:
		row.Population = "displaced"
	case inProcedure:
		row.Population = "in_procedure"
	default:
		row.Population = "other"
	}
	if r := referencePermit(d, permits); r != nil {
		row.Route, row.Sex, row.BirthYear = r.Route, r.Sex, uint16(r.BirthYear)
		row.NationalityCode, row.NationalityGroup = r.NationalityCode, nationalityGroup(r.NationalityCode)
	}
}

// referencePermit gives the permit record that describes the person: an asylum
// permit before temporary protection before any other, then the earliest
// start, then the smallest record_id; nil without records.
func referencePermit(d *definition.Set, permits []Permit) *Permit {
	var best *Permit
	for i := range permits {
		if r := &permits[i]; best == nil || describesBefore(d, r, best) {
			best = r
		}
	}
	return best
}

func describesBefore(d *definition.Set, a, b *Permit) bool {
	if ra, rb := titleRank(d, a.TitleCode), titleRank(d, b.TitleCode); ra != rb {
		return ra < rb
	}
	if a.Start != b.Start {
		return a.Start < b.Start
	}
	return a.RecordID < b.RecordID
}

// titleOther is the rank of a title that is neither asylum nor protection.
const titleOther = 2

// titleRank orders titles: an asylum permit, temporary protection, any other.
func titleRank(d *definition.Set, title string) int {
	switch {
	case d.AsylumTitles.Has(title):
		return 0
	case d.ProtectionTitles.Has(title):
		return 1
	}
	return titleOther
}

func nationalityGroup(code string) string {
	switch code {
	case "":
		return ""
	case "0336":
		return "syrie"
	case "0084":
		return "eritrea"
	case "0300":
		return "afghanistan"
	case "0314":
		return "irak"
	case "0315":
		return "iran"
	case "0339":
		return "turkije"
	case "0149":
		return "somalie"
	case "0058":
		return "jemen"
	case "0034":
		return "oekraine"
	}
	return "overig"
}

// latestObligation has the latest start, then the greatest record_id.
func latestObligation(rows []Obligation) *Obligation {
	var best *Obligation
	for i := range rows {
		r := &rows[i]
		if best == nil || later(r.Start, r.RecordID, best.Start, best.RecordID) {
			best = r
		}
	}
	return best
}

// latestPlacement has the latest coupled_on, then the greatest record_id.
func latestPlacement(rows []Placement) *Placement {
	var best *Placement
	for i := range rows {
		r := &rows[i]
		if best == nil || later(r.CoupledOn, r.RecordID, best.CoupledOn, best.RecordID) {
			best = r
		}
	}
	return best
}

// bestValuation has the highest level of those decided, then the earliest
// decision, then the smallest record_id. A missing level ranks below 1.
func bestValuation(rows []Valuation) *Valuation {
	var best *Valuation
	for i := range rows {
		r := &rows[i]
		if r.DecidedOn != 0 && (best == nil || ranksAbove(r, best)) {
			best = r
		}
	}
	return best
}

func ranksAbove(a, b *Valuation) bool {
	if a.NLQFLevel != b.NLQFLevel {
		return a.NLQFLevel > b.NLQFLevel
	}
	if a.DecidedOn != b.DecidedOn {
		return a.DecidedOn < b.DecidedOn
	}
	return a.RecordID < b.RecordID
}

// later orders by date, then by record_id, both the greater the better.
func later(date schemas.Date, recordID string, otherDate schemas.Date, otherID string) bool {
	if date != otherDate {
		return date > otherDate
	}
	return recordID > otherID
}
