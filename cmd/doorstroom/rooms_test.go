package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// statement is how a text of SQL begins.
var statement = regexp.MustCompile(`^\s*(SELECT|INSERT|ALTER|CREATE|DROP|WITH|EXPLAIN|OPTIMIZE|TRUNCATE|SYSTEM)\s`)

// TestCommandsHoldNoSQL: what is asked of the warehouse stands in pipelines. And a command is a file.
func TestCommandsHoldNoSQL(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if filepath.Dir(path) == "." {
			files++
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
					t.Errorf("%s holds the statement %.60q", path, text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 || files > 25 {
		t.Errorf("the command has %d files, want one per command, main.go and app.go: at most 25", files)
	}
}
