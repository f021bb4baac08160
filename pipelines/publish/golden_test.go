package publish

import (
	"testing"

	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	c := &catalogue.Catalogue{Base: 10, Dimensions: map[string]catalogue.Text{
		"month": {NL: "maand", EN: "month"}, "region": {NL: "regio", EN: "the person's region"}, "work": {NL: "werk", EN: "work"},
	}}
	text := catalogue.Text{NL: "Werk", EN: "Work"}
	e := &catalogue.Entry{
		Name: "work_by_region", Title: text, Unit: catalogue.Text{NL: "personen", EN: "persons"}, Definition: catalogue.Text{NL: "Wie werkt.", EN: "Who works."},
		Mart: "people", Known: "is_known",
		Where:      []catalogue.Condition{{Column: "month", Part: "month", In: []string{"12"}}, {Column: "kind", In: []string{"a", "b"}}},
		Dimensions: []catalogue.Dimension{{Name: "month"}, {Name: "region", Column: "value", Margin: true}}, Count: "people",
		Outcome: &catalogue.Outcome{Name: "work", Parts: []catalogue.Part{{Value: "long", Count: "long"}, {Value: "short", Count: "working", Less: "long"}}, Rest: "none"},
	}
	column := *e
	column.Known, column.Status, column.Outcome, column.Where = "", "status", &catalogue.Outcome{Name: "work", Column: "work"}, nil
	for name, text := range map[string]string{
		"mart":        sqlFiles.Render("mart.sql", queryOf(e)),
		"mart_column": sqlFiles.Render("mart.sql", queryOf(&column)),
		"view":        sqlFiles.Render("view.sql", viewOf(c, e)),
		"latest":      sqlFiles.Render("latest.sql", viewOf(c, e)),
		"ledger":      LedgerQuery(),
		"unledgered":  sqlFiles.Render("unledgered.sql", nil),
		"cells":       sqlFiles.Render("cells.sql", nil),
		"indicators":  sqlFiles.Render("indicators.sql", nil),
	} {
		golden.Check(t, name, text)
	}
}
