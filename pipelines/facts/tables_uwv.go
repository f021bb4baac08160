package facts

import (
	"unsafe"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// employments leaves record_id out: of the rows that hold, no two have one
// (ikv_id, period_start), so no tie ever gets as far as record_id.
type employments struct {
	byPerson
	ikv                              texts
	employer                         keys
	periodStart, ikvStart, ikvEnd    dates
	days                             codes
	endReason, srtIV, cdAard, sector codes
	permanent, written, onCall       codes
	hours                            int16s
	wage                             int64s
}

func (*employments) record() string { return "uwv_employment" }

func (t *employments) columns() []column {
	return []column{
		text("ikv_id", &t.ikv),
		{name: "employer", typ: "FixedString(16)", expr: "assumeNotNull(employer_pseudonym)", data: &t.employer.block, gatherer: &t.employer},
		date("period_start", &t.periodStart),
		{name: "period_days", typ: "Int8", expr: "toInt8(toInt32(period_end) - toInt32(period_start))", data: &t.days.block, gatherer: &t.days},
		date("ikv_start", &t.ikvStart), date("ikv_end", &t.ikvEnd),
		code("end_reason", &t.endReason), code("srt_iv", &t.srtIV), code("cd_aard", &t.cdAard),
		code("ind_permanent", &t.permanent), code("ind_written", &t.written), code("ind_on_call", &t.onCall),
		{name: "hours_paid", typ: "Int16", expr: "toInt16(hours_paid)", data: &t.hours.block, gatherer: &t.hours},
		{name: "wage_sv", typ: "Int64", expr: "wage_sv", data: &t.wage.block, gatherer: &t.wage},
		code("sector_code", &t.sector),
	}
}

func (t *employments) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		start := schemas.Date(t.periodStart.all[i])
		p.Employments = append(p.Employments, route.Employment{
			IKVID: t.ikv.at(i), Employer: bytesOf(&t.employer.all[i]),
			EndReason:    reference.EndReasons.Text(schemas.Code(t.endReason.all[i])),
			SrtIV:        reference.IncomeKinds.Text(schemas.Code(t.srtIV.all[i])),
			CDAard:       reference.LabourKinds.Text(schemas.Code(t.cdAard.all[i])),
			IndPermanent: reference.Flags.Text(schemas.Code(t.permanent.all[i])),
			IndWritten:   reference.Flags.Text(schemas.Code(t.written.all[i])),
			IndOnCall:    reference.Flags.Text(schemas.Code(t.onCall.all[i])),
			SectorCode:   reference.Sectors.Text(schemas.Code(t.sector.all[i])),
			PeriodStart:  start, PeriodEnd: start + schemas.Date(t.days.all[i]),
			IKVStart: schemas.Date(t.ikvStart.all[i]), IKVEnd: schemas.Date(t.ikvEnd.all[i]),
			HoursPaid: int32(t.hours.all[i]), WageSVCents: t.wage.all[i],
		})
	}
	return len(rows)
}

// bytesOf is an employer as route sees it: the 16 bytes, which only have to be
// equal or not. The 26 characters are written where the row goes out.
func bytesOf(key *[16]byte) string { return unsafe.String(&key[0], len(key)) } //nolint:gosec // the key stays as it is while the string is used

type workPermits struct {
	byPerson
	id                     texts
	requestedOn, decidedOn dates
	decision               codes
}

func (*workPermits) record() string { return "uwv_work_permit" }

func (t *workPermits) columns() []column {
	return []column{
		text("record_id", &t.id), date("requested_on", &t.requestedOn), date("decided_on", &t.decidedOn), code("decision", &t.decision),
	}
}

func (t *workPermits) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.WorkPermits = append(p.WorkPermits, route.WorkPermit{
			RecordID: t.id.at(i), RequestedOn: schemas.Date(t.requestedOn.all[i]), DecidedOn: schemas.Date(t.decidedOn.all[i]),
			Decision: schemas.UwvWorkPermitDecisions.Text(schemas.Code(t.decision.all[i])),
		})
	}
	return len(rows)
}
