package slice

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// livedIn are where a person lived when a row began.
type livedIn struct{ municipality, region words }

func (c *livedIn) add(p route.Place) {
	c.municipality.add(p.MunicipalityCode)
	c.region.add(p.Region)
}

func (c *livedIn) named() []named {
	return []named{{"municipality_code", &c.municipality}, {"region", &c.region}}
}

type participationBlock struct {
	block
	recordID proto.ColStr
	kind     words
	start    days
	end      optDays
	hours    optHours
	place    livedIn
}

func newParticipationBlock() *participationBlock {
	b := new(participationBlock)
	b.block = newBlock("participation", append([]named{{"record_id", &b.recordID}, {"kind", &b.kind}, {"start", &b.start}, {"end", &b.end},
		{"hours_week", &b.hours}}, b.place.named()...)...)
	return b
}

func (b *participationBlock) add(id []byte, rows []route.ParticipationRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.recordID.Append(r.RecordID)
		b.kind.add(r.Kind)
		b.start.add(r.Start)
		b.end.add(r.End)
		b.hours.add(r.HoursWeek)
		b.place.add(r.Place)
	}
}

type workPermitBlock struct {
	block
	recordID                    proto.ColStr
	requested                   days
	decided, validFrom, validTo optDays
	decision, sector            words
	inAZC                       bools
	place                       livedIn
}

func newWorkPermitBlock() *workPermitBlock {
	b := new(workPermitBlock)
	b.block = newBlock("work_permit", append([]named{{"record_id", &b.recordID}, {"requested_on", &b.requested}, {"decided_on", &b.decided},
		{"decision", &b.decision}, {"sector_code", &b.sector}, {"valid_from", &b.validFrom}, {"valid_to", &b.validTo}, {"in_azc", &b.inAZC}},
		b.place.named()...)...)
	return b
}

func (b *workPermitBlock) add(id []byte, rows []route.WorkPermitRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.recordID.Append(r.RecordID)
		b.requested.add(r.RequestedOn)
		b.decided.add(r.DecidedOn)
		b.decision.add(r.Decision)
		b.sector.add(r.SectorCode)
		b.validFrom.add(r.ValidFrom)
		b.validTo.add(r.ValidTo)
		b.inAZC.add(r.InAZC)
		b.place.add(r.Place)
	}
}

type mboBlock struct {
	block
	recordID     proto.ColStr
	kind, result words
	level        optUInt8s
	start        days
	end          optDays
	place        livedIn
}

func newMboBlock() *mboBlock {
	b := new(mboBlock)
	b.block = newBlock("mbo", append([]named{{"record_id", &b.recordID}, {"kind", &b.kind}, {"level", &b.level}, {"start", &b.start}, {"end", &b.end},
		{"result", &b.result}}, b.place.named()...)...)
	return b
}

func (b *mboBlock) add(id []byte, rows []route.MboRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.recordID.Append(r.RecordID)
		b.kind.add(r.Kind)
		b.level.add(r.Level != 0, r.Level)
		b.start.add(r.Start)
		b.end.add(r.End)
		b.result.add(r.Result)
		b.place.add(r.Place)
	}
}

type valuationBlock struct {
	block
	recordID  proto.ColStr
	requested days
	decided   optDays
	kind      words
	nlqf      optUInt8s
	place     livedIn
}

func newValuationBlock() *valuationBlock {
	b := new(valuationBlock)
	b.block = newBlock("valuation", append([]named{{"record_id", &b.recordID}, {"requested_on", &b.requested}, {"decided_on", &b.decided},
		{"kind", &b.kind}, {"nlqf", &b.nlqf}}, b.place.named()...)...)
	return b
}

func (b *valuationBlock) add(id []byte, rows []route.ValuationRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.recordID.Append(r.RecordID)
		b.requested.add(r.RequestedOn)
		b.decided.add(r.DecidedOn)
		b.kind.add(r.Kind)
		b.nlqf.add(r.NLQF != 0, r.NLQF)
		b.place.add(r.Place)
	}
}

type conversionBlock struct {
	block
	employer                     IDs
	job                          proto.ColUInt16
	start                        days
	contract                     words
	same12, same24, any12, any24 optBools
	text                         []byte // scratch
}

func newConversionBlock() *conversionBlock {
	b := &conversionBlock{employer: IDs{Size: schemas.PseudonymLen}}
	b.block = newBlock("contract_conversion", named{"employer", &b.employer}, named{"job", &b.job}, named{"start", &b.start},
		named{"contract_start", &b.contract}, named{"same_12", &b.same12}, named{"same_24", &b.same24}, named{"any_12", &b.any12}, named{"any_24", &b.any24})
	return b
}

func (b *conversionBlock) add(id []byte, rows []route.ConversionRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.text = schemas.Pseudonym{Key: [16]byte([]byte(r.Employer)), Valid: true}.AppendText(b.text[:0])
		b.employer.Add(b.text)
		b.job.Append(r.Job)
		b.start.add(r.Start)
		b.contract.add(r.ContractStart.String())
		b.same12.add(r.Same[0])
		b.same24.add(r.Same[1])
		b.any12.add(r.Any[0])
		b.any24.add(r.Any[1])
	}
}
