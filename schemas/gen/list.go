package main

import (
	"fmt"
	"strings"
)

// recordList is the metadata of all records.
func recordList(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package schemas\n\nimport \"doorstroom/schemas/reference\"\n\n// Records are all records that suppliers deliver.\nvar Records = []*Record{\n")
	for _, r := range records {
		t := r.goType()
		fmt.Fprintf(&b, "\t{Name: %q, Supplier: %q, Doc: %q, Fields: %sFields, Avro: %sAvro, New: func() Row { return new(%s) }},\n",
			r.Name, r.Supplier, r.Doc, lower(t), lower(t), t)
	}
	b.WriteString("}\n\n")
	for _, r := range records {
		fmt.Fprintf(&b, "var %sFields = []Field{\n", lower(r.goType()))
		for _, f := range r.Fields {
			fmt.Fprintf(&b, "\t{Name: %q, Column: %q, Doc: %q, Kind: %s", f.Name, f.Column, f.Doc, "Kind"+kindName(f.Kind))
			if f.always() {
				b.WriteString(", Always: true")
			}
			if l := f.list(); l != "" {
				b.WriteString(", List: " + l)
			} else if f.Values != "" {
				fmt.Fprintf(&b, ", Values: %q", f.Values)
			}
			if f.MaxChars > 0 {
				fmt.Fprintf(&b, ", MaxChars: %d", f.MaxChars)
			}
			b.WriteString("},\n")
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

func kindName(kind string) string {
	if kind == "id" {
		return "ID"
	}
	return camel(kind)
}
