package sqlfile

import (
	"strings"
	"testing"
	"testing/fstest"
)

func files(text string) fstest.MapFS {
	return fstest.MapFS{
		"sql/a.sql":       {Data: []byte(text)},
		"sql/shared.sql":  {Data: []byte(`{{define "of"}}FROM {{ident .Table}}{{end}}`)},
		"sql/notes.md":    {Data: []byte("{{")},
		"b.sql":           {Data: []byte("{{")},
		"sql/unused.sqlx": {Data: []byte("{{")},
	}
}

func TestRender(t *testing.T) {
	data := map[string]any{"Table": "end", "Columns": []string{"a", "b"}}
	got := Parse(files("\nSELECT {{list .Columns}} {{template \"of\" .}}\n")).Render("a.sql", data)
	if want := "SELECT a, b FROM `end`"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNothingIsLeftOut: a name that is not given does not become an empty text, which could select every row.
func TestNothingIsLeftOut(t *testing.T) {
	for name, render := range map[string]func(){
		"a key that a map lacks":      func() { Parse(files("WHERE {{.Where}}")).Render("a.sql", map[string]string{}) },
		"a field that a struct lacks": func() { Parse(files("WHERE {{.Where}}")).Render("a.sql", struct{ Were string }{"1"}) },
		"a file that is not there":    func() { Parse(files("SELECT 1")).Render("b.sql", nil) },
		"a file that is no template":  func() { Parse(files("SELECT {{")) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if fault := recover(); fault == nil || !strings.Contains(faultText(fault), ".sql") {
					t.Errorf("the fault is %v, want one that names the file", fault)
				}
			}()
			render()
		})
	}
}

func faultText(fault any) string {
	if err, ok := fault.(error); ok {
		return err.Error()
	}
	return ""
}
