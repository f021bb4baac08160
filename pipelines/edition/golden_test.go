package edition

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

func TestSQL(t *testing.T) {
	cutOff, _ := schemas.ParseISO("2026-06-30")
	b := &building{workspace: &workspace{build: 7, cutOff: cutOff}}
	columns := []versions.Column{{Name: "start", Type: "Int32", Expr: "ifNull(toInt32(`start`), 0)"}, {Name: "wage_sv", Type: "Int64", Expr: "ifNull(`wage_sv`, 0)"}}
	e := b.effectiveOf(schemas.RecordOf("uwv_employment"), columns)
	join := joinText{&e.sql, "SELECT 1", ""}
	salted := joinText{&e.sql, "SELECT 1", "2"}
	for name, text := range map[string]string{
		"decided_loads":         sqlFiles.Render("decided_loads.sql", map[string]string{"Decided": "status = 'accepted'"}),
		"create_work_table":     sqlFiles.Render("create_work_table.sql", &e.sql),
		"pairs":                 sqlFiles.Render("pairs.sql", pairsText{"SELECT 1", e.summed()}),
		"shuffle":               sqlFiles.Render("shuffle.sql", join),
		"shuffle_salted":        sqlFiles.Render("shuffle.sql", salted),
		"trace_effective":       sqlFiles.Render("trace_effective.sql", join),
		"first_links":           b.firstLinks(schemas.RecordOf("coa_stay"), ""),
		"first_links_municipal": b.firstLinks(schemas.RecordOf("municipality_residence"), "2"),
		"content":               ContentQuery(),
		"leftover_partitions":   sqlFiles.Render("leftover_partitions.sql", map[string]uint64{"Keep": 6}),
		"newest_editions":       sqlFiles.Render("newest_editions.sql", map[string]int{"Named": 12}),
		"old_builds":            sqlFiles.Render("old_builds.sql", map[string]int64{"Before": 8}),
	} {
		golden.Check(t, name, text)
	}
}
