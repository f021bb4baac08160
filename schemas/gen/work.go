package main

import (
	"fmt"
	"strings"
)

// workTables is the Go file that reads each record of a person from the work table of a build.
func workTables(records []*record) string {
	var b, list strings.Builder
	b.WriteString(header + "package slice\n\nimport (\n\t\"doorstroom/pipelines/route\"\n\t\"doorstroom/schemas\"\n\t\"doorstroom/schemas/reference\"\n)\n\n")
	for _, r := range records {
		fmt.Fprintf(&list, "\t\tnew(%s),\n", r.workType())
	}
	fmt.Fprintf(&b, "// NewTables makes a reader for every record, in the order of the contract.\nfunc NewTables() []table {\n\treturn []table{\n%s\t}\n}\n\n", list.String())
	for _, r := range records {
		b.WriteString(workTable(r))
	}
	return b.String()
}

func (r *record) workType() string { return lower(r.goType()) + "Table" }

// workTable is the reader of one record: its columns and how they fill the record of route.
func workTable(r *record) string {
	var decl, columns, fill strings.Builder
	for _, f := range r.routed() {
		if f.Work == "none" {
			continue
		}
		w := f.work()
		fmt.Fprintf(&decl, "\t%s %s\n", f.Route, w.gatherer)
		fmt.Fprintf(&columns, "\t\t%s,\n", w.column)
		fmt.Fprintf(&fill, "\t\t\t%s: %s,\n", f.Route, w.value)
	}
	return fmt.Sprintf(`// %[1]s reads records of %[2]s.
type %[1]s struct {
	byPerson
%[3]s}

func (*%[1]s) Record() string { return %[2]q }

func (t *%[1]s) Columns() []Column {
	return []Column{
%[4]s	}
}

func (t *%[1]s) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.%[5]s = append(p.%[5]s, route.%[6]s{
%[7]s		})
	}
	return len(rows)
}

`, r.workType(), r.Name, decl.String(), columns.String(), r.Route.List, r.Route.Type, fill.String())
}

// work is a column of a work table: what gathers it, how it is made, and what it is to route.
type work struct{ gatherer, column, value string }

func (f *field) work() work {
	at := "t." + f.Route
	column := func(maker, gatherer, value string) work {
		return work{gatherer, fmt.Sprintf("%s(%q, &%s)", maker, f.Name, at), fmt.Sprintf(value, at+".all[i]")}
	}
	if start, ok := strings.CutPrefix(f.Work, "days after "); ok {
		from := f.record.field(start)
		return work{"codes", fmt.Sprintf("daysAfter(%q, %q, %q, &%s)", strings.TrimSuffix(f.Name, "_end")+"_days", start, f.Name, at),
			fmt.Sprintf("schemas.Date(t.%s.all[i]) + schemas.Date(%s.all[i])", from.Route, at)}
	}
	switch f.Kind {
	case "pseudonym":
		return column("key", "keys", "bytesOf(&%s)")
	case "date", "inexact_date":
		return column("date", "dates", "schemas.Date(%s)")
	case "hours":
		return column("hundredths", "int32s", "%s")
	case "int64":
		return column("long", "int64s", "%s")
	case "year", "int32":
		if f.Work == "Int16" {
			return column("short", "int16s", "int32(%s)")
		}
		return column("number32", "int32s", "%s")
	}
	switch t := rawType(f); {
	case strings.HasPrefix(t, "Enum8"):
		return column("code", "codes", f.goList()+".Text(schemas.Code(%s))")
	case strings.HasPrefix(t, "Enum16"):
		return column("wide", "wides", f.goList()+".Text(schemas.Code(%s))")
	}
	return work{"texts", fmt.Sprintf("text(%q, &%s)", f.Name, at), at + ".at(i)"}
}

// goList is the field's code list as other packages name it.
func (f *field) goList() string {
	if f.ownList() {
		return "schemas." + f.list()
	}
	return f.list()
}
