package totals

import (
	"testing"

	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/sqlfile/golden"
	"doorstroom/schemas"
)

func TestSQL(t *testing.T) {
	cutOff, _ := schemas.ParseISO("2026-06-30")
	b := &Build{Number: 7, CutOff: cutOff, GridEnd: cutOff}
	wages := &Record{Record: schemas.RecordOf("uwv_employment"), Contested: Contested{Keys: true, Periods: true}}
	residence := &Record{Record: schemas.RecordOf("municipality_residence"), Contested: Contested{Keys: true}}
	stays := &Record{Record: schemas.RecordOf("coa_stay")}
	for name, text := range map[string]string{
		"promised":                sqlFiles.Render("promised.sql", map[string]string{"Loads": b.table("load")}),
		"in_raw":                  b.textOf("in_raw.sql", wages),
		"in_raw_once_municipal":   b.textOf("in_raw_once.sql", residence),
		"joined":                  b.textOf("joined.sql", wages),
		"removed_wages":           b.textOf("removed.sql", wages),
		"removed_municipal":       b.textOf("removed.sql", residence),
		"deletions_alone_wages":   b.textOf("deletions_alone.sql", wages),
		"deletions_uncontested":   b.textOf("deletions_alone.sql", stays),
		"deletions_all_contested": b.textOf("deletions_alone.sql", &Record{Record: stays.Record, Contested: Contested{Keys: true, All: true}}),
		"months_as_built":         sqlFiles.Render("months_as_built.sql", map[string]string{"Months": b.stored("month_status")}),
	} {
		golden.Check(t, name, text)
	}
	for _, d := range definition.Published() {
		b.Definitions = d
		golden.Check(t, "intervals_of_work_definitions_"+d.Version, sqlFiles.Render("work_intervals.sql", monthTextOf(t, b)))
	}
	text := monthTextOf(t, b)
	for _, file := range []string{"months", "grid_months", "lay_grids", "bijstand_records"} {
		golden.Check(t, file, sqlFiles.Render(file+".sql", text))
	}
	golden.Check(t, "covered", coveredText(text, "SELECT 1"))
	golden.Check(t, "paid", sqlFiles.Render("paid.sql", map[string]string{"Intervals": "SELECT 1"}))
}

func monthTextOf(t *testing.T, b *Build) monthText {
	t.Helper()
	text, err := b.monthText()
	if err != nil {
		t.Fatal(err)
	}
	return text
}
