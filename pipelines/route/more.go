package route

import (
	"cmp"
	"slices"

	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// Place is where a person lived on a day; empty texts are not known.
type Place struct{ MunicipalityCode, Region string }

// ParticipationRow is a row of participation. A zero End or HoursWeek is NULL.
type ParticipationRow struct {
	RecordID, Kind string
	Start, End     schemas.Date
	HoursWeek      weekly.Hundredths
	Place
}

// WorkPermitRow is a row of work_permit. Zero dates are NULL.
type WorkPermitRow struct {
	RecordID, Decision, SectorCode             string
	RequestedOn, DecidedOn, ValidFrom, ValidTo schemas.Date
	InAZC                                      bool
	Place
}

// MboRow is a row of mbo. A zero End or Level is NULL.
type MboRow struct {
	RecordID, Kind, Result string
	Level                  uint8
	Start, End             schemas.Date
	Place
}

// ValuationRow is a row of valuation. A zero DecidedOn or NLQF is NULL.
type ValuationRow struct {
	RecordID, Kind         string
	NLQF                   uint8
	RequestedOn, DecidedOn schemas.Date
	Place
}

// writeMore lists the records of which every one is a row, by record_id.
func (b *Builder) writeMore(p *Person, ed *Edition, out *Facts) {
	out.Participations, out.WorkPermits = out.Participations[:0], out.WorkPermits[:0]
	out.Mbos, out.Valuations = out.Mbos[:0], out.Valuations[:0]
	if !b.rules.MoreFacts {
		return
	}
	on := func(d schemas.Date) (Place, bool) {
		municipality, _, inAZC := placeOn(p, d)
		if municipality == "" {
			return Place{}, inAZC
		}
		return Place{municipality, ed.Region(municipality)}, inAZC
	}
	for i := range p.Participations {
		r := &p.Participations[i]
		place, _ := on(r.Start)
		out.Participations = append(out.Participations, ParticipationRow{r.RecordID, inEnglish(r.Kind), r.Start, r.End, weekly.Hundredths(r.HoursPerWeek), place})
	}
	for i := range p.WorkPermits {
		r := &p.WorkPermits[i]
		place, inAZC := on(r.RequestedOn)
		out.WorkPermits = append(out.WorkPermits, WorkPermitRow{r.RecordID, inEnglish(r.Decision), r.SectorCode,
			r.RequestedOn, r.DecidedOn, r.ValidFrom, r.ValidTo, inAZC, place})
	}
	for i := range p.Mbos {
		r := &p.Mbos[i]
		place, _ := on(r.Start)
		out.Mbos = append(out.Mbos, MboRow{r.RecordID, inEnglish(r.Kind), inEnglish(r.Result), uint8(r.Level), r.Start, r.End, place})
	}
	for i := range p.Valuations {
		r := &p.Valuations[i]
		place, _ := on(r.RequestedOn)
		out.Valuations = append(out.Valuations, ValuationRow{r.RecordID, r.Kind, uint8(r.NLQFLevel), r.RequestedOn, r.DecidedOn, place})
	}
	slices.SortFunc(out.Participations, func(a, b ParticipationRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.WorkPermits, func(a, b WorkPermitRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.Mbos, func(a, b MboRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.Valuations, func(a, b ValuationRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
}

// inEnglish gives our name of a supplier's code; terms of law and what is no code of these stay as they are.
func inEnglish(code string) string {
	switch code {
	case "vrijwilligerswerk":
		return "volunteering"
	case "verleend":
		return "granted"
	case "geweigerd":
		return "refused"
	case "ingetrokken":
		return "withdrawn"
	case "certificaat":
		return "certificate"
	case "behaald":
		return "obtained"
	case "gestopt":
		return "stopped"
	case "lopend":
		return "under_way"
	}
	return code
}
