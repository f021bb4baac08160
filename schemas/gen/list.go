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
		fmt.Fprintf(&b, "\t{Name: %q, Supplier: %q, Doc: %q, Names: %s, Fields: %sFields, Avro: %sAvro, New: func() Row { return new(%s) }%s},\n",
			r.Name, r.Supplier, r.Doc, byLanguage(r.RecordName), lower(t), lower(t), t, rarities(r))
	}
	b.WriteString("}\n\n")
	b.WriteString(supplierList(records))
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
			if f.Measure != "" {
				fmt.Fprintf(&b, ", Measure: %q", f.Measure)
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

// supplierList is the list of suppliers and what they are called.
func supplierList(records []*record) string {
	var b, names strings.Builder
	for _, r := range records {
		if len(r.SupplierName) > 0 {
			fmt.Fprintf(&names, "\t%q: %s,\n", r.Supplier, byLanguage(r.SupplierName))
		}
	}
	fmt.Fprintf(&b, "// Suppliers are all suppliers, in the order of the route.\nvar Suppliers = []string{%s}\n\n", quoted(suppliers(records)))
	fmt.Fprintf(&b, "// SupplierNames are what readers of the report call the suppliers, by language.\nvar SupplierNames = map[string]map[string]string{\n%s}\n\n", names.String())
	return b.String()
}

// rarities are what few records say of themselves.
func rarities(r *record) string {
	var b strings.Builder
	if len(r.CorrectedBy) > 0 {
		fmt.Fprintf(&b, ", CorrectedBy: []string{%s}", quoted(r.CorrectedBy))
	}
	if r.MaxPeriodDays > 0 {
		fmt.Fprintf(&b, ", MaxPeriodDays: %d, PeriodName: %q", r.MaxPeriodDays, r.PeriodName)
	}
	if r.Partitions > 0 {
		fmt.Fprintf(&b, ", Partitions: %d", r.Partitions)
	}
	return b.String()
}

func byLanguage(names map[string]string) string {
	return fmt.Sprintf("map[string]string{\"nl\": %q, \"en\": %q}", names["nl"], names["en"])
}

func quoted(list []string) string { return `"` + strings.Join(list, `", "`) + `"` }
