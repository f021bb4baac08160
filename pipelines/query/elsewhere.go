package query

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// harmless are the table functions that lead to nothing but the query itself and what it may read anyway.
var harmless = []string{
	"format", "fuzzjson", "generate_series", "generaterandom", "generateseries", "merge", "null", "numbers", "numbers_mt", "primes",
	"values", "view", "zeros", "zeros_mt",
}

// reading are the functions that read files without being table functions. No grant keeps anybody from them.
var reading = []string{"catboostevaluate", "file"}

// treeLimit is more than the tree of any question takes.
const treeLimit = 32 << 20

// ElsewhereError refuses a question whose functions lead, or may lead, out of the warehouse.
type ElsewhereError struct{ why string }

// Error implements error.
func (e *ElsewhereError) Error() string { return e.why }

// RefuseElsewhere refuses a question of people with a function that reads or writes elsewhere than in the warehouse, by an
// ElsewhereError. The grants of who asks are not enough: some functions need none, and some open their file before they
// look. The server's own parser tells which functions there are, so that no quotes or comments hide one; what it cannot
// parse is not asked. shown makes a name fit to stand in a message.
func (s *Server) RefuseElsewhere(ctx context.Context, question string, shown func(string) string) error {
	var tables, tree bytes.Buffer
	if err := s.Ask(ctx, s.Program, "SELECT lower(name) FROM system.table_functions", "TSVRaw", &tables); err != nil {
		return err
	}
	if err := s.Ask(ctx, s.People, "EXPLAIN AST\n"+question, "TSVRaw", &limited{&tree, treeLimit}); err != nil {
		return err
	}
	tableFunctions := strings.Fields(tables.String())
	for _, name := range functionsOf(tree.String()) {
		lower := strings.ToLower(name)
		if name == applied {
			return &ElsewhereError{"APPLY does not show which functions it calls: write them out, as in SELECT upper(a), upper(b)"}
		}
		if slices.Contains(reading, lower) || slices.Contains(tableFunctions, lower) && !slices.Contains(harmless, lower) {
			return &ElsewhereError{fmt.Sprintf("function %s reads or writes elsewhere than in the warehouse: 'doorstroom sql' asks the warehouse only", shown(name))}
		}
	}
	return nil
}

// applied is the node of APPLY, whose function the tree does not show.
const applied = "ColumnsApplyTransformer"

// functionsOf lists the functions in the tree of a query, as EXPLAIN AST prints it, a node a line and a blank per level:
// those that are called, and names that a function of arrays or maps is given to call.
func functionsOf(tree string) (names []string) {
	var path []string // the nodes above a line
	for line := range strings.Lines(tree) {
		node := strings.TrimLeft(line, " ")
		depth := min(len(line)-len(node), len(path))
		kind, rest, _ := strings.Cut(strings.TrimSpace(node), " ")
		name, _, _ := strings.Cut(rest, " (")
		path = append(path[:depth], kind+" "+name)
		switch {
		case kind == "Function":
			names = append(names, name)
		case strings.HasPrefix(kind, applied):
			names = append(names, applied)
		case kind == "Identifier" && depth >= 2 && takesFunctions(path[depth-2]):
			names = append(names, name)
		}
	}
	return names
}

func takesFunctions(node string) bool {
	return strings.HasPrefix(node, "Function array") || strings.HasPrefix(node, "Function map")
}

// limited fails when more is written than it takes.
type limited struct {
	w    io.Writer
	left int
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, fmt.Errorf("the query is longer than %d MiB when it is parsed", treeLimit>>20)
	}
	return l.w.Write(p)
}
