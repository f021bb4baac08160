package wording

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strconv"
	"strings"
	"testing"

	"doorstroom/connectors"
	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// suppliersPage is the page that suppliers read.
func suppliersPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../../docs/for_suppliers.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// row is the line of a table that begins with a cell.
func tableRow(page, cell string) string {
	_, after, found := strings.Cut(page, "\n| "+cell+" |")
	if !found {
		return ""
	}
	line, _, _ := strings.Cut(after, "\n")
	return line
}

// TestPageHasEveryRuleAndReason holds the page to what check and the replies say, word for word.
func TestPageHasEveryRuleAndReason(t *testing.T) {
	page := suppliersPage(t)
	for _, rule := range namesOfType(t, "Rule") {
		if text := ruleTexts[schemas.Rule(rule)]; text == "" || !strings.HasSuffix(tableRow(page, "`"+rule+"`"), "| "+text+" |") {
			t.Errorf("the page has no line of rule %s that ends in %q", rule, text)
		}
	}
	for _, reason := range append(namesOfType(t, "Reason"), delivery.Withdrawn) {
		if text := Reasons[schemas.Reason(reason)]; text == "" || !strings.HasSuffix(tableRow(page, "`"+reason+"`"), "| "+text+" |") {
			t.Errorf("the page has no line of reason %s that ends in %q", reason, text)
		}
	}
}

// TestPageHasEveryKey holds the page to the schema of the manifest and to what suppliers may deliver.
func TestPageHasEveryKey(t *testing.T) {
	page := suppliersPage(t)
	var schema any
	if err := json.Unmarshal([]byte(schemas.ManifestSchema), &schema); err != nil {
		t.Fatal(err)
	}
	keys := 0
	var walk func(any)
	walk = func(node any) {
		object, _ := node.(map[string]any)
		properties, _ := object["properties"].(map[string]any)
		for key, value := range properties {
			keys++
			if !strings.Contains(page, "`"+key+"`") {
				t.Errorf("the page does not name the key %s of the manifest", key)
			}
			walk(value)
		}
		if items, ok := object["items"]; ok {
			walk(items)
		}
	}
	walk(schema)
	if keys < 20 { // 11 of the manifest, 8 of a file, 2 of a control total
		t.Errorf("only %d keys were looked for", keys)
	}
	for _, c := range connectors.All() {
		line := tableRow(page, "`"+c.Supplier()+"`")
		for _, f := range c.Formats() {
			if !strings.Contains(line, "`"+f.Name+"`") {
				t.Errorf("the page does not say that %s delivers %s", c.Supplier(), f.Name)
			}
		}
		for _, r := range schemas.Records {
			if (r.Supplier == c.Supplier()) != strings.Contains(line, "`"+r.Name+"`") {
				t.Errorf("what the page says of %s and %s is not so", c.Supplier(), r.Name)
			}
		}
	}
}

// TestPageHasTheLimits holds its limits to the constants that are kept to.
func TestPageHasTheLimits(t *testing.T) {
	page := suppliersPage(t)
	for _, c := range []struct{ limit, file, name, form string }{
		{"rows of a record that may be put aside, however small their number", "connectors/totals.go", "asideRows", "%d"},
		{"share of its rows that may be put aside, when they are more than that", "connectors/totals.go", "asidePercent", "%d %%"},
		{"what a full delivery must keep of the accepted rows of the one before, else it is `implausible_shrink`", "pipelines/delivery/implausible.go", "shrinkPercent", "%d %%"},
		{"this is asked when the one before had as many rows, or more", "pipelines/delivery/implausible.go", "shrinkFrom", "%d"},
		{"and, when no row is left, when it had as many, or more", "pipelines/delivery/implausible.go", "vanishFrom", "%d"},
		{"rows that filled a column before, and rows now, from which on an empty column is `implausible_empty`", "pipelines/delivery/implausible.go", "emptyFrom", "%d"},
		{"a JSON object", "connectors/decode/json.go", "objectLimit", "MiB"},
		{"levels of a JSON object", "connectors/decode/json.go", "jsonDepth", "%d"},
		{"columns of a CSV file", "connectors/decode/csvscan.go", "columnLimit", "%d"},
		{"a page of Parquet, unpacked", "connectors/decode/parquet/stream.go", "pageLimit", "MiB"},
		{"the pages that one row group needs at a time, unpacked", "connectors/decode/memory/memory.go", "groupLimit", "MiB"},
		{"`manifest.json`", "connectors/manifest/limits.go", "Limit", "MiB"},
		{"municipality codes in a manifest", "connectors/manifest/limits.go", "codesLimit", "%d"},
		{"rows of a record whose entries are kept, or 2 % of them if that is more", "connectors/bounds.go", "asideAlways", "%d"},
	} {
		n := constantIn(t, "../../../../"+c.file, c.name)
		want := fmt.Sprintf(strings.ReplaceAll(c.form, "%d", "%s"), thousands(n))
		if c.form == "MiB" {
			want = fmt.Sprintf("%d MiB", n>>20)
		}
		if got := tableRow(page, c.limit); got != " "+want+" |" {
			t.Errorf("the page says %q of %q, and %s of %s is %s", got, c.limit, c.name, c.file, want)
		}
	}
	var wages struct {
		Days int `json:"max_period_days"`
	}
	if err := json.Unmarshal([]byte(schemas.RecordOf("uwv_employment").Avro), &wages); err != nil {
		t.Fatal(err)
	}
	if got := tableRow(page, "days of a wage period"); got != fmt.Sprintf(" %d |", wages.Days) {
		t.Errorf("the page says %q of the days of a wage period, which are %d", got, wages.Days)
	}
}

// TestPageHasTheLists holds the long code lists to those that values are held against.
func TestPageHasTheLists(t *testing.T) {
	page := suppliersPage(t)
	for _, r := range schemas.Records {
		for _, f := range r.Fields {
			switch {
			case f.Kind == schemas.KindMunicipality:
				if got := tableRow(page, "municipalities, see below"); !strings.HasPrefix(got, fmt.Sprintf(" %d |", f.List.Len())) {
					t.Errorf("the page says %q of the %d municipalities", got, f.List.Len())
				}
			case f.List != nil && strings.HasPrefix(f.List.Name, "codes/"):
				got := tableRow(page, fmt.Sprintf("[%s](../schemas/reference/%s)", f.List.Name, f.List.Name))
				if !strings.HasPrefix(got, fmt.Sprintf(" %d |", f.List.Len())) || !strings.Contains(got, fmt.Sprintf("`%s` of `%s`", f.Column, r.Name)) {
					t.Errorf("the page says %q of %s, which has %d codes and holds for %s of %s", got, f.List.Name, f.List.Len(), f.Column, r.Name)
				}
			}
		}
	}
}

// constantIn evaluates a constant of a file that rests on numbers alone.
func constantIn(t *testing.T, path, name string) int64 {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	value := constant.MakeUnknown()
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && spec.Names[0].Name == name && len(spec.Values) == 1 {
			if tv, err := types.Eval(token.NewFileSet(), nil, token.NoPos, types.ExprString(spec.Values[0])); err == nil {
				value = tv.Value
			}
		}
		return true
	})
	n, ok := constant.Int64Val(constant.ToInt(value))
	if !ok {
		t.Fatalf("%s has no constant %s", path, name)
	}
	return n
}

// thousands writes a number as the page does.
func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
