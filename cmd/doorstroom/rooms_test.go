package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statement is how a text of SQL begins.
var statement = regexp.MustCompile(`^\s*(SELECT|INSERT|ALTER|CREATE|DROP|WITH|EXPLAIN|OPTIMIZE|TRUNCATE|SYSTEM)\s`)

// TestCommandsHoldNoSQL: what is asked of the warehouse stands in pipelines.
func TestCommandsHoldNoSQL(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
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
}

// TestEveryCommandIsAFile: a group of --help is a folder, and a command a file there that is named after it.
func TestEveryCommandIsAFile(t *testing.T) {
	commands := 0
	for _, cmd := range newRoot(io.Discard, io.Discard).Commands() {
		commands++
		if _, err := os.Stat(filepath.Join(cmd.GroupID, cmd.Name()+".go")); cmd.GroupID == "" || err != nil {
			t.Errorf("%s is in group %q and has no file there: %v", cmd.Name(), cmd.GroupID, err)
		}
	}
	if commands < 23 {
		t.Errorf("%d commands, want at least 23", commands)
	}
	top, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	if top = slices.DeleteFunc(top, func(name string) bool { return strings.HasSuffix(name, "_test.go") }); !slices.Equal(top, []string{"groups.go", "main.go"}) {
		t.Errorf("beside main.go and groups.go stand %q; a command belongs into the folder of its group", top)
	}
}
