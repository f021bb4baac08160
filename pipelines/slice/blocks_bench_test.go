package slice

import (
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// BenchmarkMonths appends months of persons as a slice does.
func BenchmarkMonths(b *testing.B) {
	rows := make([]route.MonthRow, 80)
	for i := range rows {
		rows[i] = route.MonthRow{Month: schemas.DateOf(2019, 1, 1) + schemas.Date(31*i), HasK: true, Stage: route.StageWork,
			Working: true, MunicipalityCode: "0363", Region: "AM21", SectorCode: "33", Contract: route.Temporary}
	}
	id := make([]byte, 27)
	block := newMonthBlock()
	b.ReportAllocs()
	for i := range b.N {
		if i%10_000 == 0 {
			block.reset()
		}
		block.add(id, rows)
	}
}
