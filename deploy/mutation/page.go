package main

import (
	"fmt"
	"os"
	"strings"
)

const pageHead = `# Deliberate errors that the tests catch

Written by ` + "`make mutation`" + `, which makes one small error at a time in the program and runs the tests: for each, the first test that fails. Changes that must not matter come last: with those all tests pass. The texts of all changes are in ` + "`deploy/mutation/mutants`" + `.
`

// page writes docs/mutation.md.
func page(suites []suite) string {
	var out strings.Builder
	out.WriteString(pageHead)
	errors, harmless := 0, 0
	for i := range suites {
		for j := range suites[i].Mutants {
			switch m := &suites[i].Mutants[j]; {
			case !m.fine():
			case m.Harmless:
				harmless++
			default:
				errors++
			}
		}
	}
	fmt.Fprintf(&out, "\n%d errors that were caught; %d changes that do not matter and were not noticed.\n", errors, harmless)
	for i := range suites {
		table(&out, &suites[i], false)
	}
	for i := range suites {
		table(&out, &suites[i], true)
	}
	return out.String()
}

// table writes the errors of a suite, or its harmless changes.
func table(out *strings.Builder, s *suite, harmless bool) {
	n := 0
	for i := range s.Mutants {
		m := &s.Mutants[i]
		if m.Harmless != harmless || m.Outcome == "" {
			continue
		}
		if n == 0 && harmless {
			fmt.Fprintf(out, "\n## %s: changes that must not matter\n\n| file | change | outcome |\n| --- | --- | --- |\n", s.Title)
		} else if n == 0 {
			fmt.Fprintf(out, "\n## %s\n\n| file | error | outcome |\n| --- | --- | --- |\n", s.Title)
		}
		n++
		out.WriteString(row(m) + " " + cell(string(m.Outcome)) + " |\n")
	}
}

// keep gives every mutant the outcome that the page has of it, if there is one.
func keep(suites []suite, path string) {
	text, _ := os.ReadFile(path) // without a page nothing is kept
	for i := range suites {
		for j := range suites[i].Mutants {
			m := &suites[i].Mutants[j]
			if _, rest, found := strings.Cut(string(text), "\n"+row(m)+" "); found {
				kept, _, _ := strings.Cut(rest, " |\n")
				m.Outcome = outcome(unescape.Replace(kept))
			}
		}
	}
}

// row is the line of a mutant up to its outcome.
func row(m *mutant) string { return "| " + m.File + " | " + cell(m.What) + " |" }

var (
	escape   = strings.NewReplacer("|", "\\|", "_", "\\_", "*", "\\*", "<", "&lt;")
	unescape = strings.NewReplacer("\\|", "|", "\\_", "_", "\\*", "*", "&lt;", "<")
)

func cell(text string) string { return escape.Replace(text) }
