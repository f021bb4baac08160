package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"doorstroom/schemas"
)

// TestEveryRuleHasAText holds the texts to the rules of schemas.
func TestEveryRuleHasAText(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../schemas/rules.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rules := map[schemas.Rule]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Rule" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			rules[schemas.Rule(text)] = true
		}
		return true
	})
	if len(rules) == 0 {
		t.Fatal("no rules found")
	}
	for rule := range rules {
		if ruleTexts[rule] == "" {
			t.Errorf("rule %s has no text", rule)
		}
	}
	for rule := range ruleTexts {
		if !rules[rule] {
			t.Errorf("text of %s, which is no rule", rule)
		}
	}
}
