package slice

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

type spellBlock struct {
	block
	spell, jobs                proto.ColUInt16
	start, end                 days
	mean                       hours
	contractStart, contractEnd words
}

func newSpellBlock() *spellBlock {
	b := new(spellBlock)
	b.block = newBlock("work_spell",
		named{"spell", &b.spell}, named{"start", &b.start}, named{"end", &b.end}, named{"jobs", &b.jobs},
		named{"mean_hours_week", &b.mean}, named{"contract_start", &b.contractStart}, named{"contract_end", &b.contractEnd})
	return b
}

func (b *spellBlock) add(id []byte, rows []route.WorkSpellRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.spell.Append(r.Spell)
		b.start.add(r.Start)
		b.end.add(r.End)
		b.jobs.Append(r.Jobs)
		b.mean.add(r.MeanHoursWeek)
		b.contractStart.add(r.ContractStart.String())
		b.contractEnd.add(r.ContractEnd.String())
	}
}

type jobBlock struct {
	block
	employer                           IDs
	job, ikvs, realised                proto.ColUInt16
	start, end                         days
	mean                               hours
	contractStart, contractEnd, sector words
	sowisLike                          bools
	text                               []byte // scratch
}

func newJobBlock() *jobBlock {
	b := &jobBlock{employer: IDs{Size: schemas.PseudonymLen}}
	b.block = newBlock("job",
		named{"employer", &b.employer}, named{"job", &b.job}, named{"start", &b.start}, named{"end", &b.end},
		named{"ikvs", &b.ikvs}, named{"realised_months", &b.realised}, named{"mean_hours_week", &b.mean},
		named{"contract_start", &b.contractStart}, named{"contract_end", &b.contractEnd}, named{"sector_code", &b.sector},
		named{"sowis_like", &b.sowisLike})
	return b
}

func (b *jobBlock) add(id []byte, rows []route.JobRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.text = schemas.Pseudonym{Key: [16]byte([]byte(r.Employer)), Valid: true}.AppendText(b.text[:0])
		b.employer.Add(b.text)
		b.job.Append(r.Job)
		b.start.add(r.Start)
		b.end.add(r.End)
		b.ikvs.Append(r.IKVs)
		b.realised.Append(r.RealisedMonths)
		b.mean.add(r.MeanHoursWeek)
		b.contractStart.add(r.ContractStart.String())
		b.contractEnd.add(r.ContractEnd.String())
		b.sector.add(r.SectorCode)
		b.sowisLike.add(r.SowisLike)
	}
}

type bijstandBlock struct {
	block
	spell                                                         proto.ColUInt16
	start                                                         days
	end                                                           optDays
	municipality                                                  words
	fromAZC                                                       bools
	toWork, loose6, loose12, loose18, strict6, strict12, strict18 optBools
}

func newBijstandBlock() *bijstandBlock {
	b := new(bijstandBlock)
	b.block = newBlock("bijstand_spell",
		named{"spell", &b.spell}, named{"start", &b.start}, named{"end", &b.end}, named{"municipality_code", &b.municipality},
		named{"from_azc", &b.fromAZC}, named{"exit_to_work", &b.toWork}, named{"loose_6", &b.loose6}, named{"loose_12", &b.loose12},
		named{"loose_18", &b.loose18}, named{"strict_6", &b.strict6}, named{"strict_12", &b.strict12}, named{"strict_18", &b.strict18})
	return b
}

func (b *bijstandBlock) add(id []byte, rows []route.BijstandSpellRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.spell.Append(r.Spell)
		b.start.add(r.Start)
		b.end.add(r.End)
		b.municipality.add(r.MunicipalityCode)
		b.fromAZC.add(r.FromAZC)
		b.toWork.add(r.ExitToWork)
		b.loose6.add(r.Loose6)
		b.loose12.add(r.Loose12)
		b.loose18.add(r.Loose18)
		b.strict6.add(r.Strict6)
		b.strict12.add(r.Strict12)
		b.strict18.add(r.Strict18)
	}
}
