package main

import (
	"fmt"
	"strings"
)

// validator is the Validate method: required fields, conditions, periods.
func validator(r *record) string {
	var b strings.Builder
	t := r.goType()
	fmt.Fprintf(&b, "// Validate implements Row.\nfunc (r *%s) Validate(c *Context) []Violation {\n", t)
	fmt.Fprintf(&b, "\tif c.Mutation && r.good(FieldOperation) && r.Operation == OpDelete {\n\t\treturn r.validateDelete(c)\n\t}\n")
	fmt.Fprintf(&b, "\tr.checkOperation(FieldOperation, c)\n")
	fmt.Fprintf(&b, "\tr.require(%#x)\n", requiredMask(r))
	b.WriteString("\tif !r.Has(FieldPseudonymV) && !r.Has(FieldPseudonymB) {\n\t\tr.fail(FieldPseudonymV, NoPseudonym)\n\t}\n")
	for _, f := range r.Fields {
		b.WriteString(condition(r, f))
		if f.Kind == "year" {
			fmt.Fprintf(&b, "\tif r.good(%d) && int(r.%s) > c.DrawnYear {\n\t\tr.fail(%d, OutOfRange)\n\t}\n", f.No, f.goName(), f.No)
		}
	}
	for _, p := range r.Periods {
		s, e := r.field(p[0]), r.field(p[1])
		fmt.Fprintf(&b, "\tr.ordered(%d, r.%s, %d, r.%s)\n", s.No, s.goName(), e.No, e.goName())
		if p[0] == "period_start" {
			fmt.Fprintf(&b, "\tif r.good(%d) && r.good(%d) && r.%s-r.%s >= %d {\n\t\tr.fail(%d, OutOfRange)\n\t}\n",
				s.No, e.No, e.goName(), s.goName(), r.MaxPeriodDays, e.No)
		}
	}
	if r.municipal() {
		f := r.field("municipality_code")
		fmt.Fprintf(&b, "\tif r.good(%d) && !c.names(r.%s) {\n\t\tr.fail(%d, MunicipalityNotInManifest)\n\t}\n", f.No, f.goName(), f.No)
	}
	b.WriteString("\treturn r.result()\n}\n\n")
	b.WriteString(deleteValidator(r))
	return b.String()
}

// deleteValidator reads of a V record only what identifies the record it deletes.
func deleteValidator(r *record) string {
	var b strings.Builder
	keep := uint32(3)
	if r.municipal() {
		keep |= 1 << r.field("municipality_code").No
	}
	fmt.Fprintf(&b, "func (r *%s) validateDelete(c *Context) []Violation {\n\tr.keep(%#x)\n\tr.require(1 << FieldRecordID)\n", r.goType(), keep)
	b.WriteString("\tr.PseudonymV, r.PseudonymB = Pseudonym{}, Pseudonym{}\n")
	for _, f := range r.Fields {
		if f.Kind == "inexact_date" {
			fmt.Fprintf(&b, "\tr.%sDelivered = nil\n", f.goName())
		}
	}
	if r.municipal() {
		f := r.field("municipality_code")
		fmt.Fprintf(&b, "\tif !r.Has(%d) && len(c.Municipalities) == 1 {\n\t\tr.%s = c.Municipalities[0]\n\t\tr.fill(%d)\n\t}\n\tr.require(1 << %d)\n", f.No, f.goName(), f.No, f.No)
		fmt.Fprintf(&b, "\tif r.good(%d) && !c.names(r.%s) {\n\t\tr.fail(%d, MunicipalityNotInManifest)\n\t}\n", f.No, f.goName(), f.No)
	}
	b.WriteString("\treturn r.result()\n}\n\n")
	return b.String()
}

func requiredMask(r *record) uint32 {
	var mask uint32
	for _, f := range r.Fields {
		if f.always() {
			mask |= 1 << f.No
		}
	}
	return mask
}

// condition is the check of a field that another one makes required.
func condition(r *record, f *field) string {
	when, ok := strings.CutPrefix(f.Required, "if ")
	if !ok {
		return ""
	}
	test := ""
	if name, list, ok := strings.Cut(when, " is "); ok {
		other := r.field(name)
		set := conditionSet(other, list)
		if name == "srt_iv" {
			// 11..17 of a list of digits is a range of its numbers.
			set = fmt.Sprintf("r.%s >= 12 && r.%s <= 18", other.goName(), other.goName())
		}
		test = fmt.Sprintf("r.good(%d) && (%s)", other.No, set)
	} else {
		test = fmt.Sprintf("r.Has(%d)", r.field(when).No)
	}
	return fmt.Sprintf("\tif %s {\n\t\tr.require(1 << %d)\n\t}\n", test, f.No)
}

// conditionSet compares a positional code with the positions of the named codes.
func conditionSet(f *field, list string) string {
	all := strings.Split(f.Values, "|")
	var tests []string
	for _, c := range strings.Split(list, "|") {
		for i, v := range all {
			if v == c {
				tests = append(tests, fmt.Sprintf("r.%s == %d", f.goName(), i+1))
			}
		}
	}
	return strings.Join(tests, " || ")
}
