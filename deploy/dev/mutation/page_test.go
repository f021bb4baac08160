package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPageHasEveryMutant reads docs/mutation.md by itself and holds it against the list and the tree: each mutant has one
// row, with the outcome that it must have, found by a test that is there and that the runs of its suite ask for, or says
// that nobody has tried it; how many those are stands at the top.
func TestPageHasEveryMutant(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "mutation.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, string(text))
	errors, harmless, waiting := 0, 0, 0
	for _, s := range suites(t) {
		tests := testsOf(t, s.Package)
		for _, m := range s.Mutants {
			key := [2]string{m.File, m.What}
			if len(rows[key]) != 1 {
				t.Errorf("%s: %s: the page has %d rows of it, not one: run make mutation", m.File, m.What, len(rows[key]))
				continue
			}
			if rows[key][0] == "not tried yet" {
				waiting++
				delete(rows, key)
				continue
			}
			if problem := wrong(&s, &m, rows[key][0], tests); problem != "" {
				t.Errorf("%s: %s: the page says %q, and %s", m.File, m.What, rows[key][0], problem)
			}
			if delete(rows, key); m.Harmless {
				harmless++
			} else {
				errors++
			}
		}
	}
	for key := range rows {
		t.Errorf("%s: %s: is on the page and in no list", key[0], key[1])
	}
	sum := fmt.Sprintf("\n%d errors that were caught; %d changes that do not matter and were not noticed; %d that nobody has tried yet (", errors, harmless, waiting)
	if !strings.Contains(string(text), sum) {
		t.Errorf("the page does not say:%s", sum)
	}
	if !regexp.MustCompile(`(?m)^Last run: commit [0-9a-f]{7,40} of 20\d\d-\d\d-\d\d`).Match(text) {
		t.Error("the page does not say which commit was tried last, and when")
	}
}

// rowsOf reads the tables of the page: the outcomes of a file and a sentence.
func rowsOf(t *testing.T, page string) map[[2]string][]string {
	t.Helper()
	plain := strings.NewReplacer(`\_`, "_", `\*`, "*", `\|`, "|", "&lt;", "<")
	commit := regexp.MustCompile(`^([0-9a-f]{7,40}(\+| or before)?|none)$`)
	rows := map[[2]string][]string{}
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || strings.HasPrefix(line, "| file |") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 4 || !commit.MatchString(cells[3]) {
			t.Errorf("a row of the page is not a file, change, outcome and commit: %s", line)
			continue
		}
		key := [2]string{cells[0], plain.Replace(cells[1])}
		rows[key] = append(rows[key], plain.Replace(cells[2]))
	}
	return rows
}

// testsOf lists the tests that a package has.
func testsOf(t *testing.T, folder string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(source, -1) {
			names = append(names, string(found[1]))
		}
	}
	return names
}

// wrong says what keeps a mutant from having the outcome that the page gives it; empty when nothing does.
func wrong(s *suite, m *mutant, says string, tests []string) string {
	name, isCaught := strings.CutPrefix(says, "caught by ")
	name, _, _ = strings.Cut(name, "/")
	asked := slices.ContainsFunc(s.Runs, func(flags []string) bool {
		i := slices.Index(flags, "-test.run")
		return i >= 0 && i+1 < len(flags) && regexp.MustCompile(flags[i+1]).MatchString(name)
	})
	switch {
	case m.Harmless && says != "all tests pass":
		return "it must change no result"
	case m.Harmless, m.Endless && says == "the tests do not end":
		return ""
	case !isCaught:
		return "a test must notice it"
	case !slices.Contains(tests, name):
		return s.Package + " has no such test"
	case !asked:
		return "no run of the suite asks for that test"
	}
	return ""
}

// TestWrong tells pages that are right from those that are not.
func TestWrong(t *testing.T) {
	s := &suite{Package: "p", Runs: [][]string{{"-test.run", "TestA|TestC"}}}
	plain, harmless, endless := &mutant{}, &mutant{Harmless: true}, &mutant{Endless: true}
	for _, c := range []struct {
		m     *mutant
		says  string
		right bool
	}{
		{plain, "caught by TestA", true}, {plain, "caught by TestA/a case", true}, {plain, "caught by TestB", false}, {plain, "caught by TestC", false},
		{plain, "caught by the end of the test run", false}, {plain, "all tests pass", false}, {plain, "the tests do not end", false}, {plain, "", false},
		{harmless, "all tests pass", true}, {harmless, "caught by TestA", false}, {harmless, "the tests do not end", false},
		{endless, "the tests do not end", true}, {endless, "caught by TestA", true}, {endless, "all tests pass", false},
	} {
		if problem := wrong(s, c.m, c.says, []string{"TestA", "TestB"}); (problem == "") != c.right {
			t.Errorf("%+v, %q: %q", *c.m, c.says, problem)
		}
	}
}
