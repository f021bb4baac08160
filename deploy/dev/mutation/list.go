package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// suite is one file of the list: a package under test, its mutants, and the
// test runs that must notice them, the cheapest first.
type suite struct {
	Title   string
	Package string     // folder of the package whose tests run
	Runs    [][]string // flags of the test binary
	// Together says that mutants of different files do not meet: a subtest that is named after the file, without its ending,
	// tells of each by itself. They are tried at once, one of each file at a time.
	Together bool
	Mutants  []mutant
}

// mutant is one deliberate change of one file.
type mutant struct {
	File, What string
	// Harmless changes must not change a result: the tests pass.
	Harmless bool
	// Endless ones must make the tests wait for ever: only of those does it count as noticed.
	Endless bool
	Edits   []edit
	Outcome outcome
	// Tried is the commit of which Outcome was found.
	Tried string
}

// edit replaces a piece of text, which occurs once, by another.
type edit struct{ Old, New string }

// fine tells whether the outcome is the one that it must be.
func (m *mutant) fine() bool {
	switch m.Outcome {
	case "":
		return false
	case survived:
		return m.Harmless
	case timedOut:
		return m.Endless
	}
	return !m.Harmless
}

// groups are the mutants that are tried at once, in the order of the list.
func (s *suite) groups() (groups [][]*mutant) {
	next := make(map[string]int) // group of the next mutant of a file
	for i := range s.Mutants {
		m := &s.Mutants[i]
		n := len(groups)
		if s.Together {
			n = next[m.File]
			next[m.File]++
		}
		if n == len(groups) {
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], m)
	}
	return groups
}

// readSuites reads the files of a folder, in the order of their names.
func readSuites(folder string) ([]suite, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no mutants in %s: run from the project's top folder or give -root", folder)
	}
	var suites []suite
	for _, path := range paths {
		s, err := readSuite(path)
		if err != nil {
			return nil, err
		}
		suites = append(suites, *s)
	}
	return suites, nil
}

func readSuite(path string) (*suite, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := reader{suite: &suite{}}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if err := r.line(lines.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return r.suite, lines.Err()
}

// reader reads a file of the list line by line; mutants/README.md tells the form.
type reader struct {
	suite    *suite
	file     string
	harmless bool
	last     byte // the sign of the line before
}

func (r *reader) line(text string) error {
	sign := byte(0)
	if text != "" {
		sign = text[0]
	}
	last := r.last
	r.last = sign
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "":
	case "#":
		r.suite.Title = rest
	case "package:":
		r.suite.Package = rest
	case "together:":
		r.suite.Together = rest == "yes"
	case "run:":
		r.suite.Runs = append(r.suite.Runs, strings.Fields(rest))
	case "##":
		r.file, r.harmless = rest, false
	case "##=":
		r.file, r.harmless = rest, true
	case "*":
		r.suite.Mutants = append(r.suite.Mutants, mutant{File: r.file, What: rest, Harmless: r.harmless})
	case "endless:":
		return r.endless(rest)
	case "-", "+":
		return r.edit(sign, last, rest)
	default:
		return fmt.Errorf("a line begins with %q", word)
	}
	return nil
}

// endless takes the line that says of the mutant above it that the tests are not to end.
func (r *reader) endless(text string) error {
	if len(r.suite.Mutants) == 0 || text != "yes" {
		return fmt.Errorf("\"endless: yes\" stands below the sentence of a mutant")
	}
	r.suite.Mutants[len(r.suite.Mutants)-1].Endless = true
	return nil
}

// edit takes a line of old or new text; lines of one kind after another are one text.
func (r *reader) edit(sign, last byte, text string) error {
	if len(r.suite.Mutants) == 0 {
		return fmt.Errorf("text before the first mutant")
	}
	m := &r.suite.Mutants[len(r.suite.Mutants)-1]
	if sign == '-' && last != '-' {
		m.Edits = append(m.Edits, edit{Old: text})
		return nil
	}
	if len(m.Edits) == 0 || sign == '+' && last != '+' && last != '-' {
		return fmt.Errorf("new text without old text above it")
	}
	e := &m.Edits[len(m.Edits)-1]
	switch {
	case sign == '-':
		e.Old += "\n" + text
	case last == '+':
		e.New += "\n" + text
	default:
		e.New = text
	}
	return nil
}
