package slice

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// block holds rows of one fact table.
type block struct {
	table   string
	edition proto.ColDate
	build   proto.ColUInt64
	// person is the column person_id; link_conflict has none.
	person IDs
	// columns are the others, in the order of contract/facts.csv.
	columns []named
}

// named is a column with its name.
type named struct {
	name string
	data interface {
		proto.ColInput
		Reset()
	}
}

func newBlock(table string, columns ...named) block {
	return block{table: table, person: IDs{Size: len(link.ID{})}, columns: columns}
}

func (b *block) rows() int { return b.columns[0].data.Rows() }

func (b *block) reset() {
	b.person.Reset()
	for _, c := range b.columns {
		c.data.Reset()
	}
}

// input gives the block for an insert into facts_store.
func (b *block) input(edition schemas.Date, build uint64) proto.Input {
	rows := b.rows()
	b.edition, b.build = b.edition[:0], b.build[:0]
	for range rows {
		b.edition = append(b.edition, StoredDay(edition))
		b.build = append(b.build, build)
	}
	in := proto.Input{{Name: "build", Data: &b.build}, {Name: "edition", Data: &b.edition}, {Name: "person_id", Data: &b.person}}
	for _, c := range b.columns {
		in = append(in, proto.InputColumn{Name: c.name, Data: c.data})
	}
	return in
}

type personBlock struct {
	block
	linkage, population, route, sex, nationality, group, law, target words
	coupled, first, current, region, valuedKind, exitReason          words
	cohort, birthYear                                                optUInt16s
	permit, protection, applied, arrived, exitOn                     optDays
	prospects                                                        bools
	nlqf                                                             optUInt8s
}

func newPersonBlock() *personBlock {
	b := new(personBlock)
	b.block = newBlock("person",
		named{"linkage", &b.linkage}, named{"population", &b.population}, named{"cohort", &b.cohort},
		named{"permit_start", &b.permit}, named{"protection_start", &b.protection}, named{"applied_on", &b.applied},
		named{"arrived_on", &b.arrived}, named{"route", &b.route}, named{"sex", &b.sex}, named{"birth_year", &b.birthYear},
		named{"nationality_code", &b.nationality}, named{"nationality_group", &b.group}, named{"good_prospects", &b.prospects},
		named{"law", &b.law}, named{"target_group", &b.target}, named{"coupled_municipality", &b.coupled},
		named{"first_municipality", &b.first}, named{"current_municipality", &b.current}, named{"region", &b.region},
		named{"valued_kind", &b.valuedKind}, named{"valued_nlqf", &b.nlqf}, named{"exit_on", &b.exitOn},
		named{"exit_reason", &b.exitReason})
	return b
}

func (b *personBlock) add(id []byte, r *route.PersonRow) {
	b.person.Add(id)
	b.linkage.add(r.Linkage)
	b.population.add(r.Population)
	b.cohort.add(r.Cohort)
	b.permit.add(r.PermitStart)
	b.protection.add(r.ProtectionStart)
	b.applied.add(r.AppliedOn)
	b.arrived.add(r.ArrivedOn)
	b.route.add(r.Route)
	b.sex.add(r.Sex)
	b.birthYear.add(r.BirthYear)
	b.nationality.add(r.NationalityCode)
	b.group.add(r.NationalityGroup)
	b.prospects.add(r.GoodProspects)
	b.law.add(r.Law)
	b.target.add(r.TargetGroup)
	b.coupled.add(r.CoupledMunicipality)
	b.first.add(r.FirstMunicipality)
	b.current.add(r.CurrentMunicipality)
	b.region.add(r.Region)
	b.valuedKind.add(r.ValuedKind)
	b.nlqf.add(r.ValuedNLQF != 0, r.ValuedNLQF)
	b.exitOn.add(r.ExitOn)
	b.exitReason.add(r.ExitReason)
}

type milestoneBlock struct {
	block
	kind, record words
	date         days
	recordID     proto.ColStr
}

func newMilestoneBlock() *milestoneBlock {
	b := new(milestoneBlock)
	b.block = newBlock("milestone",
		named{"kind", &b.kind}, named{"date", &b.date}, named{"record", &b.record}, named{"record_id", &b.recordID})
	return b
}

func (b *milestoneBlock) add(id []byte, rows []route.MilestoneRow) {
	for i := range rows {
		r := &rows[i]
		b.person.Add(id)
		b.kind.add(r.Kind.String())
		b.date.add(r.Date)
		b.record.add(r.Record)
		b.recordID.Append(r.RecordID)
	}
}
