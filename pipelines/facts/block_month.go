package facts

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
)

type monthBlock struct {
	block
	month                                                 days
	k                                                     optInt16s
	age                                                   optUInt8s
	stage, municipality, region, contract, sector, lroute words
	inAZC, working, bijstand, bbl, startbaan, dual        bools
	hours                                                 hours
	wage                                                  proto.ColInt64
	sustained6, sustained12, sustained18                  optBools
}

func newMonthBlock() *monthBlock {
	b := new(monthBlock)
	b.block = newBlock("month_status",
		named{"month", &b.month}, named{"k", &b.k}, named{"age", &b.age}, named{"stage", &b.stage}, named{"in_azc", &b.inAZC},
		named{"municipality_code", &b.municipality}, named{"region", &b.region}, named{"working", &b.working},
		named{"bijstand", &b.bijstand}, named{"hours_week", &b.hours}, named{"wage_sv_cents", &b.wage},
		named{"contract", &b.contract}, named{"sector_code", &b.sector}, named{"bbl", &b.bbl}, named{"startbaan", &b.startbaan},
		named{"dual", &b.dual}, named{"leerroute", &b.lroute}, named{"sustained_6", &b.sustained6},
		named{"sustained_12", &b.sustained12}, named{"sustained_18", &b.sustained18})
	return b
}

func (b *monthBlock) add(id []byte, rows []route.MonthRow) {
	for i := range rows {
		r := &rows[i]
		b.person.add(id)
		b.month.add(r.Month)
		b.k.add(r.HasK, r.K)
		b.age.add(r.HasAge, r.Age)
		b.stage.add(r.Stage.String())
		b.inAZC.add(r.InAZC)
		b.municipality.add(r.MunicipalityCode)
		b.region.add(r.Region)
		b.working.add(r.Working)
		b.bijstand.add(r.Bijstand)
		b.hours.add(r.HoursWeek)
		b.wage.Append(r.WageSVCents)
		b.contract.add(r.Contract.String())
		b.sector.add(r.SectorCode)
		b.bbl.add(r.BBL)
		b.startbaan.add(r.Startbaan)
		b.dual.add(r.Dual)
		b.lroute.add(r.Leerroute)
		b.sustained6.add(r.Sustained6)
		b.sustained12.add(r.Sustained12)
		b.sustained18.add(r.Sustained18)
	}
}
