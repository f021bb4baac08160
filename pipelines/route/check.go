package route

import (
	"fmt"

	"doorstroom/schemas"
)

// maxPeriodDays is the longest wage period that the contract lets in.
const maxPeriodDays = 36

// check refuses what cannot come out of an accepted delivery, so that the rest
// of the package may count on dates that exist and periods of 1 to 36 days.
func (p *Person) check() error {
	for i := range p.Employments {
		r := &p.Employments[i]
		if !span(r.PeriodStart, r.PeriodEnd) || r.PeriodEnd == 0 || !span(r.IKVStart, r.IKVEnd) {
			return broken("uwv_employment")
		}
		if days(r.PeriodStart, r.PeriodEnd) > maxPeriodDays {
			return fmt.Errorf("route: a uwv_employment row has a period of more than %d days, "+
				"which no accepted delivery holds; load the deliveries again", maxPeriodDays)
		}
	}
	for i := range p.Stays {
		if r := &p.Stays[i]; !span(r.Start, r.End) {
			return broken("coa_stay")
		}
	}
	for i := range p.Permits {
		if r := &p.Permits[i]; !given(r.Start) || !optional(r.AppliedOn) {
			return broken("coa_permit")
		}
	}
	for i := range p.Placements {
		if !given(p.Placements[i].CoupledOn) {
			return broken("coa_placement")
		}
	}
	for i := range p.Participations {
		if !given(p.Participations[i].Start) {
			return broken("coa_participation")
		}
	}
	if err := p.checkMunicipal(); err != nil {
		return err
	}
	return p.checkAgencies()
}

func (p *Person) checkMunicipal() error {
	for i := range p.Residences {
		if r := &p.Residences[i]; !span(r.SettledOn, r.LeftOn) || !optional(r.BRPRegisteredOn) {
			return broken("municipality_residence")
		}
	}
	for i := range p.Bijstand {
		if r := &p.Bijstand[i]; !span(r.Start, r.End) {
			return broken("municipality_bijstand")
		}
	}
	for i := range p.Inburgering {
		r := &p.Inburgering[i]
		if !optional(r.IntakeStarted, r.IntakeDone, r.PIPSignedOn, r.MAPDoneOn, r.PVTSignedOn) {
			return broken("municipality_inburgering")
		}
	}
	for i := range p.Provisions {
		if r := &p.Provisions[i]; !span(r.Start, r.End) {
			return broken("municipality_provision")
		}
	}
	return nil
}

// checkAgencies is for the records of UWV's permits, DUO and IDW.
func (p *Person) checkAgencies() error {
	for i := range p.WorkPermits {
		if r := &p.WorkPermits[i]; !given(r.RequestedOn) || !optional(r.DecidedOn) {
			return broken("uwv_work_permit")
		}
	}
	for i := range p.Obligations {
		if r := &p.Obligations[i]; !span(r.Start, r.End) || !optional(r.FulfilledOn) {
			return broken("duo_obligation")
		}
	}
	for i := range p.Exams {
		if !given(p.Exams[i].TakenOn) {
			return broken("duo_exam")
		}
	}
	for i := range p.Mbos {
		if r := &p.Mbos[i]; !span(r.Start, r.End) {
			return broken("duo_mbo")
		}
	}
	for i := range p.Valuations {
		if r := &p.Valuations[i]; !given(r.RequestedOn) || !optional(r.DecidedOn) {
			return broken("idw_valuation")
		}
	}
	return nil
}

func given(d schemas.Date) bool { return d.InRange() }

func optional(ds ...schemas.Date) bool {
	for _, d := range ds {
		if d != 0 && !d.InRange() {
			return false
		}
	}
	return true
}

func span(start, end schemas.Date) bool {
	return given(start) && (end == 0 || end.InRange() && end >= start)
}

func broken(record string) error {
	return fmt.Errorf("route: a %s row has a date outside 1970-2100, none where one is required, "+
		"or an end before its start, which no accepted delivery holds; load the deliveries again", record)
}
