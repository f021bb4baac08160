package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

const pageHead = `# Deliberate errors that the tests catch

Written by ` + "`make mutation`" + `, which makes one small error at a time in the program and runs the tests: for each, the first test that fails. Changes that must not matter come last: with those all tests pass. Each row names the commit that was tried; a + says that files differed from it. Tests that do not end have not caught anything, unless the list says that this is what the error does. The texts of all changes are in ` + "`deploy/dev/mutation/mutants`" + `.

Marts, what they are made of, and every number on the report's page are held against a second computation: by another engine, from the facts, on people who stand on every bound of the definitions (` + "`dbt/dbttest/recount`, `pipelines/report/recount`" + `).
`

// page writes docs/mutation.md. last says which tree was tried.
func page(suites []suite, last string) string {
	var out strings.Builder
	out.WriteString(pageHead + "\n" + last + "\n")
	errors, harmless, waiting := 0, 0, 0
	for i := range suites {
		for j := range suites[i].Mutants {
			switch m := &suites[i].Mutants[j]; {
			case m.Outcome == notTried:
				waiting++
			case !m.fine():
			case m.Harmless:
				harmless++
			default:
				errors++
			}
		}
	}
	fmt.Fprintf(&out, "\n%d errors that were caught; %d changes that do not matter and were not noticed; %d that nobody has tried yet (`go run ./deploy/dev/mutation -untried` does).\n",
		errors, harmless, waiting)
	for i := range suites {
		table(&out, &suites[i], false)
	}
	for i := range suites {
		table(&out, &suites[i], true)
	}
	return out.String()
}

const lastRun = "Last run: "

// state is the tree that is tried.
type state struct {
	commit, day string
	changed     bool // files differ from the commit
}

// tree asks git for it.
func tree(ctx context.Context, root string) (s state, err error) {
	commit, err := git(ctx, root, "log", "-1", "--format=%h %cs")
	if err != nil {
		return s, err
	}
	changed, err := git(ctx, root, "status", "--porcelain", "--", ".", ":!docs/mutation.md")
	if err != nil {
		return s, err
	}
	s.commit, s.day, _ = strings.Cut(strings.TrimSpace(commit), " ")
	s.changed = changed != ""
	return s, nil
}

// mark names the tree in a row of the page.
func (s state) mark() string {
	if s.changed {
		return s.commit + "+"
	}
	return s.commit
}

// lastRun tells of the run that wrote the page: of which tree, and whether only some of the changes were tried.
func (s state) lastRun(some bool) string {
	line := lastRun + "commit " + s.commit + " of " + s.day
	if s.changed {
		line += ", with changes that were not committed"
	}
	if some {
		return line + "; only some of the errors were tried, the others keep what an earlier run found."
	}
	return line + "."
}

func git(ctx context.Context, root string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", append([]string{"-C", root}, args...)...).Output()
	if err != nil {
		return "", fmt.Errorf("ask git which tree is tried (git %s): %w", args[0], err)
	}
	return string(out), nil
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
			fmt.Fprintf(out, "\n## %s: changes that must not matter\n\n| file | change | outcome | commit |\n| --- | --- | --- | --- |\n", s.Title)
		} else if n == 0 {
			fmt.Fprintf(out, "\n## %s\n\n| file | error | outcome | commit |\n| --- | --- | --- | --- |\n", s.Title)
		}
		n++
		out.WriteString(row(m) + " " + cell(string(m.Outcome)) + " | " + m.Tried + " |\n")
	}
}

// keep gives every mutant that was not tried the outcome that the page has of it.
func keep(suites []suite, path string) {
	known := outcomesOn(path)
	for i := range suites {
		for j := range suites[i].Mutants {
			if m := &suites[i].Mutants[j]; m.Tried == "" {
				k := known(m)
				m.Outcome, m.Tried = k.Outcome, k.Tried
			}
		}
	}
}

// result is what came of a mutant, and the commit of which it was tried.
type result struct {
	Outcome outcome
	Tried   string
}

// outcomesOn reads the page: what it says of a mutant, or that nobody has tried it.
func outcomesOn(path string) func(*mutant) result {
	text, _ := os.ReadFile(path) // without a page nothing was tried
	return func(m *mutant) result {
		_, rest, found := strings.Cut(string(text), "\n"+row(m)+" ")
		if !found {
			return result{notTried, "none"}
		}
		line, _, _ := strings.Cut(rest, " |\n")
		said, tried, _ := strings.Cut(line, " | ")
		return result{outcome(unescape.Replace(said)), tried}
	}
}

// row is the line of a mutant up to its outcome.
func row(m *mutant) string { return "| " + m.File + " | " + cell(m.What) + " |" }

var (
	escape   = strings.NewReplacer("|", "\\|", "_", "\\_", "*", "\\*", "<", "&lt;")
	unescape = strings.NewReplacer("\\|", "|", "\\_", "_", "\\*", "*", "&lt;", "<")
)

func cell(text string) string { return escape.Replace(text) }
