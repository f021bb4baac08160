package slice

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
	for stage := range route.StageUnknown + 1 {
		b.stage.number(stage.String())
	}
	for contract := range route.Temporary + 1 {
		b.contract.number(contract.String())
	}
	b.block = newBlock("month_status",
		named{"month", &b.month}, named{"k", &b.k}, named{"age", &b.age}, named{"stage", &b.stage}, named{"in_azc", &b.inAZC},
		named{"municipality_code", &b.municipality}, named{"region", &b.region}, named{"working", &b.working},
		named{"bijstand", &b.bijstand}, named{"hours_week", &b.hours}, named{"wage_sv_cents", &b.wage},
		named{"contract", &b.contract}, named{"sector_code", &b.sector}, named{"bbl", &b.bbl}, named{"startbaan", &b.startbaan},
		named{"dual", &b.dual}, named{"leerroute", &b.lroute}, named{"sustained_6", &b.sustained6},
		named{"sustained_12", &b.sustained12}, named{"sustained_18", &b.sustained18})
	return b
}

// add goes column by column: nine in ten of all rows are months, and a loop per column takes half the time.
func (b *monthBlock) add(id []byte, rows []route.MonthRow) {
	for range rows {
		b.person.Add(id)
	}
	b.addPlain(rows)
	b.addWords(rows)
	b.addMarks(rows)
}

func (b *monthBlock) addPlain(rows []route.MonthRow) {
	for i := range rows {
		b.month.add(rows[i].Month)
	}
	for i := range rows {
		b.k.add(rows[i].HasK, rows[i].K)
	}
	for i := range rows {
		b.age.add(rows[i].HasAge, rows[i].Age)
	}
	for i := range rows {
		b.hours.add(rows[i].HoursWeek)
	}
	for i := range rows {
		b.wage.Append(rows[i].WageSVCents)
	}
}

func (b *monthBlock) addWords(rows []route.MonthRow) {
	for i := range rows {
		b.stage.addNumber(uint8(rows[i].Stage))
	}
	for i := range rows {
		b.contract.addNumber(uint8(rows[i].Contract))
	}
	for i := range rows {
		b.municipality.add(rows[i].MunicipalityCode)
	}
	for i := range rows {
		b.region.add(rows[i].Region)
	}
	for i := range rows {
		b.sector.add(rows[i].SectorCode)
	}
	for i := range rows {
		b.lroute.add(rows[i].Leerroute)
	}
}

func (b *monthBlock) addMarks(rows []route.MonthRow) {
	for i := range rows {
		b.inAZC.add(rows[i].InAZC)
	}
	for i := range rows {
		b.working.add(rows[i].Working)
	}
	for i := range rows {
		b.bijstand.add(rows[i].Bijstand)
	}
	for i := range rows {
		b.bbl.add(rows[i].BBL)
	}
	for i := range rows {
		b.startbaan.add(rows[i].Startbaan)
	}
	for i := range rows {
		b.dual.add(rows[i].Dual)
	}
	for i := range rows {
		b.sustained6.add(rows[i].Sustained6)
	}
	for i := range rows {
		b.sustained12.add(rows[i].Sustained12)
	}
	for i := range rows {
		b.sustained18.add(rows[i].Sustained18)
	}
}
