package main

import (
	"fmt"
	"strconv"
	"strings"
)

// caseRecords is the Go file that binds the records of cases of the specification to those of route.
func caseRecords(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package speccase\n\nimport \"doorstroom/pipelines/route\"\n\n")
	b.WriteString("// records are all records, in the order of the contract, with the values that\n// a case may leave out.\nvar records = []record{\n")
	for _, r := range records {
		var defaults, fields []string
		for _, f := range r.Fields {
			if f.Route == "" {
				continue
			}
			if f.Case != "" {
				defaults = append(defaults, f.Route+": "+f.caseValue())
			}
			at := "&r." + f.Route
			if f.Kind == "hours" {
				at = "(*hundredths)(" + at + ")"
			}
			fields = append(fields, fmt.Sprintf("{%q, %s}", f.Name, at))
		}
		fmt.Fprintf(&b, `	recordOf(%q, func(p *route.Person) *[]route.%[2]s { return &p.%[3]s },
		route.%[2]s{%[4]s},
		func(r *route.%[2]s) []field {
			return []field{
				%[5]s,
			}
		}),
`, r.Name, r.Route.Type, r.Route.List, strings.Join(defaults, ", "), strings.Join(fields, ",\n\t\t\t\t"))
	}
	b.WriteString("}\n")
	return b.String()
}

func (f *field) caseValue() string {
	if f.routeType() == "string" {
		return strconv.Quote(f.Case)
	}
	return f.Case
}
