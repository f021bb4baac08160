package main

import (
	"fmt"
	"strings"

	"doorstroom/schemas/reference"
)

// rawType is the ClickHouse type of a field in its raw table.
func rawType(f *field) string {
	nullable := func(t string) string {
		if f.everyRow() {
			return t
		}
		return "Nullable(" + t + ")"
	}
	switch f.Kind {
	case "pseudonym":
		return "Nullable(FixedString(16))"
	case "date", "inexact_date":
		return nullable("Date32")
	case "year":
		return nullable("UInt16")
	case "int32":
		return nullable("Int32")
	case "int64":
		return nullable("Int64")
	case "hours":
		return nullable("Decimal(9, 2)")
	}
	if f.No >= 0 && f.list() != "" {
		return enumType(codeList(f))
	}
	return "String"
}

// codeList is the list of a coded field: shared ones from package reference, own
// ones from the Avro file, so that a changed Avro file needs one run only.
func codeList(f *field) *reference.CodeList {
	if f.ownList() {
		return reference.NewCodeList(f.record.Name+"."+f.Name, strings.Split(f.Values, "|")...)
	}
	return map[string]*reference.CodeList{
		"reference.Nationalities": reference.Nationalities, "reference.Sectors": reference.Sectors, "reference.EndReasons": reference.EndReasons,
		"reference.IncomeKinds": reference.IncomeKinds, "reference.LabourKinds": reference.LabourKinds, "reference.LocalReasons": reference.LocalReasons,
		"reference.Municipalities": reference.Municipalities, "reference.Flags": reference.Flags, "reference.Operations": reference.Operations,
	}[f.list()]
}

// enumType numbers the codes as package schemas does; the empty text is absent.
func enumType(l *reference.CodeList) string {
	values := []string{"'' = 0"}
	l.Each(func(c reference.Code, text string) { values = append(values, fmt.Sprintf("'%s' = %d", text, c)) })
	width := 8
	if l.Wide() {
		width = 16
	}
	return fmt.Sprintf("Enum%d(%s)", width, strings.Join(values, ", "))
}

// tableOf is the raw table that a schema asks for. It is append-only. A row's
// identity is (load_id, file_no, row_no): the same row delivered again by the
// log collapses into one. record_key groups the versions of one record,
// period_key the corrections of one wage period; both are only to find
// candidates, equality is decided on the columns.
func tableOf(r *record) *table {
	t := &table{comment: sqlText(r.Doc)}
	for i, definition := range []string{"UInt64", "UInt32", "UInt64"} {
		t.columns = append(t.columns, tableColumn{name: r.AvroFields[i].Name, definition: definition, comment: sqlText(r.AvroFields[i].Doc)})
	}
	for _, f := range r.AvroFields[3:] {
		t.columns = append(t.columns, tableColumn{name: f.Name, definition: rawType(f), comment: sqlText(f.Doc)})
	}
	key := "record_id"
	if r.municipal() {
		key = "toInt16(municipality_code), record_id"
	}
	t.columns = append(t.columns, tableColumn{name: "record_key", definition: "UInt64 DEFAULT sipHash64(" + key + ")", comment: "'Groups the versions of one record.'"})
	if len(r.CorrectedBy) > 0 {
		t.columns = append(t.columns, tableColumn{name: "period_key", definition: "UInt64 DEFAULT sipHash64(" + strings.Join(r.CorrectedBy, ", ") + ")", comment: "'Groups the corrections of one wage period.'"})
	}
	return t
}

func createTable(r *record) string {
	t := tableOf(r)
	lines := make([]string, len(t.columns))
	for i, c := range t.columns {
		lines[i] = "    " + columnText(c)
	}
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS raw.%s\n(\n%s\n)\nENGINE = ReplacingMergeTree\nORDER BY (load_id, file_no, row_no)\nCOMMENT %s", r.Name, strings.Join(lines, ",\n"), t.comment)
}

func columnText(c tableColumn) string {
	return fmt.Sprintf("`%s` %s COMMENT %s", c.name, c.definition, c.comment)
}

func sqlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
