package main

import (
	"fmt"
	"slices"
	"strings"
)

// routed are the fields that package route has, by their types: those of one type stand side by side.
func (r *record) routed() (fields []*field) {
	for _, f := range r.Fields {
		if f.Route != "" {
			fields = append(fields, f)
		}
	}
	types := []string{"string", "schemas.Date", "int32", "int64"}
	slices.SortStableFunc(fields, func(a, b *field) int { return slices.Index(types, a.routeType()) - slices.Index(types, b.routeType()) })
	return fields
}

// routeType is the type of a field in package route.
func (f *field) routeType() string {
	switch f.Kind {
	case "date", "inexact_date":
		return "schemas.Date"
	case "year", "int32", "hours":
		return "int32"
	case "int64":
		return "int64"
	}
	return "string"
}

// routeRecords is the Go file with the records of a person as route takes them.
func routeRecords(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package route\n\nimport \"doorstroom/schemas\"\n\n")
	b.WriteString(routePerson(records))
	for _, r := range records {
		b.WriteString(comment("// " + r.Route.Type + " is a record of " + r.Name + ". " + r.Route.Doc))
		fmt.Fprintf(&b, "type %s struct {\n", r.Route.Type)
		for _, f := range r.routed() {
			fmt.Fprintf(&b, "\t%s %s\n", f.Route, f.routeType())
		}
		b.WriteString("}\n\n")
		b.WriteString(routeSound(r))
	}
	return b.String()
}

// routeSound is the method that tells whether the dates of a record are as validation leaves them.
func routeSound(r *record) string {
	var tests []string
	spanned := map[*field]bool{}
	for _, p := range r.Periods {
		start, end := r.field(p[0]), r.field(p[1])
		if start.Route == "" || end.Route == "" || !start.everyRow() {
			continue
		}
		spanned[start], spanned[end] = true, !end.everyRow()
		tests = append(tests, fmt.Sprintf("span(r.%s, r.%s)", start.Route, end.Route))
	}
	for _, f := range r.routed() {
		switch {
		case f.routeType() != "schemas.Date" || spanned[f]:
		case f.everyRow():
			tests = append(tests, "given(r."+f.Route+")")
		default:
			tests = append(tests, "optional(r."+f.Route+")")
		}
	}
	if len(tests) == 0 {
		tests = []string{"true"}
	}
	return fmt.Sprintf("func (r *%s) sound() bool {\n\treturn %s\n}\n\n", r.Route.Type, strings.Join(tests, " &&\n\t\t"))
}

// routeLong is the check of the longest period of a record, for one that has a bound.
func routeLong(r *record) string {
	if r.MaxPeriodDays == 0 {
		return ""
	}
	start, end := r.field(r.Periods[0][0]), r.field(r.Periods[0][1])
	return fmt.Sprintf("\t\tif r := &p.%s[i]; days(r.%s, r.%s) > %d {\n\t\t\treturn tooLong(%q, %d)\n\t\t}\n",
		r.Route.List, start.Route, end.Route, r.MaxPeriodDays, r.Name, r.MaxPeriodDays)
}

// routePerson is the type that holds the records of one person, with what is done to all of them.
func routePerson(records []*record) string {
	var fields, resets, only, checks strings.Builder
	for _, r := range records {
		fmt.Fprintf(&fields, "\t%s []%s\n", r.Route.List, r.Route.Type)
		fmt.Fprintf(&resets, "\tp.%[1]s = p.%[1]s[:0]\n", r.Route.List)
		fmt.Fprintf(&checks, "\tfor i := range p.%[1]s {\n\t\tif !p.%[1]s[i].sound() {\n\t\t\treturn broken(%[2]q)\n\t\t}\n%[3]s\t}\n", r.Route.List, r.Name, routeLong(r))
		fmt.Fprintf(&only, "\tcase %[1]q:\n\t\tone.%[2]s = p.%[2]s[n : n+1]\n", r.Name, r.Route.List)
	}
	return fmt.Sprintf(`// Person is everything that holds about one person in an edition. The rows of
// each record may come in any order. Strings may alias a buffer of the caller:
// Build keeps none of them beyond the Facts that it fills.
//
// Zero means absent: an empty string, a zero Date, a zero number, except where
// a field says otherwise.
type Person struct {
	// PersonID is 'v' or 'b' and 26 characters.
	PersonID string
	// Linkage is linked, v_only, b_only or conflict.
	Linkage string

%s}

// Reset empties the person for the next one and keeps the memory.
func (p *Person) Reset() {
	p.PersonID, p.Linkage = "", ""
%s}

// check refuses what cannot come out of an accepted delivery, so that the rest
// of the package may count on dates that exist and on periods of their length.
func (p *Person) check() error {
%s	return nil
}

// Only gives a person of whom nothing but the n-th record of a kind is known.
func (p *Person) Only(record string, n int) *Person {
	one := &Person{}
	switch record {
%s	}
	return one
}

`, fields.String(), resets.String(), checks.String(), only.String())
}

// comment breaks a line of comment into lines that fit a page.
func comment(text string) string {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(text) {
		switch {
		case at == 0:
		case at+1+len(word) > 100:
			b.WriteString("\n// ")
			at = 3
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String() + "\n"
}
