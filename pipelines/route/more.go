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
	places := places{p, ed}
	for i := range p.Participations {
		out.Participations = append(out.Participations, places.participation(&p.Participations[i]))
	}
	for i := range p.WorkPermits {
		out.WorkPermits = append(out.WorkPermits, places.workPermit(&p.WorkPermits[i]))
	}
	for i := range p.Mbos {
		out.Mbos = append(out.Mbos, places.mbo(&p.Mbos[i]))
	}
	for i := range p.Valuations {
		out.Valuations = append(out.Valuations, places.valuation(&p.Valuations[i]))
	}
	slices.SortFunc(out.Participations, func(a, b ParticipationRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.WorkPermits, func(a, b WorkPermitRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.Mbos, func(a, b MboRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
	slices.SortFunc(out.Valuations, func(a, b ValuationRow) int { return cmp.Compare(a.RecordID, b.RecordID) })
}

// places are those where a person lived.
type places struct {
	of      *Person
	edition *Edition
}

func (l places) on(d schemas.Date) (at Place, inAZC bool) {
	at.MunicipalityCode, _, inAZC = placeOn(l.of, d)
	if at.MunicipalityCode != "" {
		at.Region = l.edition.Region(at.MunicipalityCode)
	}
	return at, inAZC
}

func (l places) participation(r *Participation) ParticipationRow {
	at, _ := l.on(r.Start)
	return ParticipationRow{
		RecordID: r.RecordID, Kind: inEnglish(r.Kind), Start: r.Start, End: r.End,
		HoursWeek: weekly.Hundredths(r.HoursPerWeek), Place: at,
	}
}

func (l places) workPermit(r *WorkPermit) WorkPermitRow {
	at, inAZC := l.on(r.RequestedOn)
	return WorkPermitRow{
		RecordID: r.RecordID, Decision: inEnglish(r.Decision), SectorCode: r.SectorCode, RequestedOn: r.RequestedOn, DecidedOn: r.DecidedOn,
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, InAZC: inAZC, Place: at,
	}
}

func (l places) mbo(r *Mbo) MboRow {
	at, _ := l.on(r.Start)
	return MboRow{
		RecordID: r.RecordID, Kind: inEnglish(r.Kind), Result: inEnglish(r.Result), Level: uint8(r.Level),
		Start: r.Start, End: r.End, Place: at,
	}
}

func (l places) valuation(r *Valuation) ValuationRow {
	at, _ := l.on(r.RequestedOn)
	return ValuationRow{
		RecordID: r.RecordID, Kind: r.Kind, NLQF: uint8(r.NLQFLevel), RequestedOn: r.RequestedOn, DecidedOn: r.DecidedOn, Place: at,
	}
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
