package lineage

import (
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	c := &Comparison{
		before: &edition.Sourced{Edition: edition.Edition{CutOff: day("2026-03-31"), GridEnd: day("2026-02-28"), DefinitionVersion: "1"}},
		after:  &edition.Sourced{Edition: edition.Edition{CutOff: day("2026-06-30"), GridEnd: day("2026-05-31"), DefinitionVersion: "2"}},
		tables: handMade,
	}
	for _, table := range comparedTables() {
		golden.Check(t, "suspects_"+table.Name, sqlFiles.Render("suspects.sql", c.sides(&table, part{0, 2}, false)))
	}
	months := comparedTables()[2]
	records, links := recordText{c.tables, part{0, 2}}, conflictText{c.tables, ofConflict}
	for name, text := range map[string]string{
		"changes_month_status": sqlFiles.Render("changes.sql", c.sides(&months, part{1, 2}, true)),
		"create_map_a":         c.createMap("map_a", c.before.CutOff, true),
		"create_map_b":         c.createMap("map_b", c.after.CutOff, false),
		"create_pair":          c.createPair(),
		"comparison":           c.Query(),
		"stored_facts":         storedFacts(day("2026-06-30")),
		"differing_records":    sqlFiles.Render("differing_records.sql", records),
		"record_reasons":       sqlFiles.Render("record_reasons.sql", records),
		"link_reasons":         sqlFiles.Render("link_reasons.sql", links),
		"create_shared":        sqlFiles.Render("create_shared.sql", links),
	} {
		golden.Check(t, name, text)
	}
	for _, file := range []string{"create_candidate", "create_same", "create_member", "create_moved", "appeared"} {
		golden.Check(t, file, sqlFiles.Render(file+".sql", c.tables))
	}
}
