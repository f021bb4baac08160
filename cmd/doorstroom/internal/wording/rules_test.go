package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// namesOfType lists the values of the constants of a type in schemas/rules.go.
func namesOfType(t *testing.T, of string) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../../../schemas/rules.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == of {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, text)
		}
		return true
	})
	if len(names) == 0 {
		t.Fatalf("no constant of type %s found", of)
	}
	return names
}

// TestEveryRuleAndReasonHasAText holds the texts to the rules and reasons of schemas.
func TestEveryRuleAndReasonHasAText(t *testing.T) {
	rules, reasons := namesOfType(t, "Rule"), append(namesOfType(t, "Reason"), delivery.Withdrawn)
	for _, rule := range rules {
		if ruleTexts[schemas.Rule(rule)] == "" {
			t.Errorf("rule %s has no text", rule)
		}
	}
	for rule := range ruleTexts {
		if !slices.Contains(rules, string(rule)) {
			t.Errorf("text of %s, which is not a rule", rule)
		}
	}
	for _, reason := range reasons {
		if Reasons[schemas.Reason(reason)] == "" {
			t.Errorf("reason %s has no text", reason)
		}
	}
	for reason := range Reasons {
		if !slices.Contains(reasons, string(reason)) {
			t.Errorf("text of %s, which is not a reason", reason)
		}
	}
}

// TestSuppliersReadOfSuppliersOnly: what check and the replies advise, nobody but the supplier has to do.
func TestSuppliersReadOfSuppliersOnly(t *testing.T) {
	for reason, text := range Reasons {
		if strings.Contains(text, "doorstroom ") || strings.Contains(text, "DOORSTROOM_") {
			t.Errorf("%s has a supplier do what an operator does: %s", reason, text)
		}
	}
}

// TestExpectedNamesTheCodes: of a rule about a list, a length or a range the list, length or range of the field is told.
func TestExpectedNamesTheCodes(t *testing.T) {
	for _, c := range []struct {
		record, field string
		rule          schemas.Rule
		want          string
	}{
		{"coa_permit", "title_code", schemas.CodeNotInList, "one of 26, 27, 32, 98, TB"},
		{"coa_permit", "route", schemas.CodeNotInList, "one of zelf, nareis, hervestiging"},
		{"coa_permit", "good_prospects", schemas.CodeNotInList, "one of J, N"},
		{"coa_permit", "nationality_code", schemas.CodeNotInList, `one of the 215 codes of codes/brp_nationality.csv (docs/for_suppliers.md, "Code lists")`},
		{"coa_permit", "birth_year", schemas.OutOfRange, "1900 to the year of drawn_on"},
		{"municipality_bijstand", "reason_in", schemas.CodeNotInList, "01 to 99"},
		{"idw_valuation", "isced_field", schemas.CodeNotInList, "4 digits"},
		{"idw_valuation", "country_code", schemas.CodeNotInList, "two capital letters, ISO 3166-1"},
		{"coa_stay", "location", schemas.TooLong, "at most 20 characters"},
		{"uwv_employment", "hours_paid", schemas.OutOfRange, "-9999 to 9999"},
		{"uwv_employment", "period_end", schemas.OutOfRange, ruleTexts[schemas.OutOfRange]},
		{"coa_stay", "", schemas.BadJSON, ruleTexts[schemas.BadJSON]},
	} {
		if got := expected(c.record, c.field, c.rule); got != c.want {
			t.Errorf("%s.%s %s: %q, want %q", c.record, c.field, c.rule, got, c.want)
		}
	}
}
