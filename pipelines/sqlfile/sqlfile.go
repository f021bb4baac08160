// Package sqlfile renders the SQL that a package keeps in a folder sql beside its Go code.
//
// A file is a text/template: the names of tables and columns go in, values of records never do; those travel as data.
// What several files say alike stands once, as {{define}} in one of them. Each package renders its files in a test
// against testdata/*.golden.sql (package golden), where the text that ClickHouse gets is read and reviewed.
package sqlfile

import (
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

// Set is the SQL files of one package.
type Set struct{ templates *template.Template }

// Parse reads every .sql file of a folder sql. The files are part of the program, so one that is not a
// template is a fault of the program: Parse panics, in the first test of the package.
func Parse(files fs.FS) Set {
	functions := template.FuncMap{"list": list, "ident": Ident}
	return Set{template.Must(template.New("").Funcs(functions).Option("missingkey=error").ParseFS(files, "sql/*.sql"))}
}

// Render gives the text of a file for some data. A file or a name in it that does not exist is a fault of the program, as in Parse.
func (s Set) Render(file string, data any) string {
	var text strings.Builder
	if err := s.templates.ExecuteTemplate(&text, file, data); err != nil {
		panic(fmt.Errorf("rendering %s: %w", file, err))
	}
	return strings.TrimSpace(text.String())
}

// Ident quotes a name as an identifier of ClickHouse.
func Ident(name string) string { return "`" + name + "`" }

func list(parts []string) string { return strings.Join(parts, ", ") }
