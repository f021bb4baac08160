package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

const root = "../../.."

func suites(t *testing.T) []suite {
	t.Helper()
	list, err := readSuites("mutants")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestMutantsFitTheSources finds the old text of every mutant once, and no two alike.
func TestMutantsFitTheSources(t *testing.T) {
	count, seen := 0, map[string]bool{}
	for _, s := range suites(t) {
		if s.Title == "" || s.Package == "" || len(s.Runs) == 0 {
			t.Errorf("a file of mutants lacks its title, package or runs")
		}
		for _, m := range s.Mutants {
			source, err := os.ReadFile(filepath.Join(root, m.File))
			if err != nil {
				t.Fatal(err)
			}
			text, err := m.apply(string(source))
			if err != nil {
				t.Errorf("%s: %s: %v", m.File, m.What, err)
				continue
			}
			if text == string(source) || seen[text] {
				t.Errorf("%s: %s: changes nothing, or the same as another", m.File, m.What)
			}
			seen[text] = true
			if !m.Harmless {
				count++
			}
		}
	}
	if count < 40 {
		t.Errorf("only %d mutants", count)
	}
}

// TestPageHasEveryMutant holds docs/mutation.md to the list: the same mutants
// in the same order and no other, all with the outcome that they must have.
func TestPageHasEveryMutant(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "mutation.md"))
	if err != nil {
		t.Fatal(err)
	}
	list := suites(t)
	keep(list, filepath.Join(root, "docs", "mutation.md"))
	for _, s := range list {
		for _, m := range s.Mutants {
			if !m.fine() {
				t.Errorf("%s: %s: the page says %q: run make mutation", m.File, m.What, m.Outcome)
			}
		}
	}
	last := lastOf(string(text))
	if !regexp.MustCompile(`^Last run: commit [0-9a-f]{7,40} of 20\d\d-\d\d-\d\d`).MatchString(last) {
		t.Errorf("the page does not say which commit was tried, and when: %q", last)
	}
	if page(list, last) != string(text) {
		t.Error("docs/mutation.md is not what the list and its outcomes give: run make mutation")
	}
}

func TestReadingMutants(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.txt")
	text := "# X\n\npackage: p\nrun: -test.run A -x\n\n## f.go\n\n* one\n- a\n-  b\n+ c\n- d\n+ \n\n##= g.go\n\n* two\n- e\n+ f\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := readSuite(path)
	if err != nil {
		t.Fatal(err)
	}
	one, two := s.Mutants[0], s.Mutants[1]
	if !slices.Equal(one.Edits, []edit{{"a\n b", "c"}, {"d", ""}}) || one.Harmless || one.File != "f.go" {
		t.Errorf("the first mutant is %+v", one)
	}
	if !slices.Equal(two.Edits, []edit{{"e", "f"}}) || !two.Harmless || two.File != "g.go" {
		t.Errorf("the second mutant is %+v", two)
	}
	got, err := one.apply("x a\n b y d")
	if err != nil || got != "x c y " {
		t.Errorf("applied: %q, %v", got, err)
	}
	if _, err := one.apply("a\n b a\n b d"); err == nil {
		t.Error("an old text that occurs twice was applied")
	}
}

func TestFailing(t *testing.T) {
	for output, want := range map[string]string{
		"--- PASS: TestA (0s)\n--- FAIL: TestB (0s)\n    --- PASS: TestB/x (0s)\n    --- FAIL: TestB/y_z (0s)\n--- FAIL: TestC (0s)\n": "TestB/y_z",
		"--- FAIL: TestB (0s)\npanic: x\n": "TestB",
		"panic: test timed out\n":          "the end of the test run",
	} {
		if got := failing(output); got != want {
			t.Errorf("%q: %q, want %q", output, got, want)
		}
	}
}

// TestJournal lets a run go on where one of the same sources stopped, and only then.
func TestJournal(t *testing.T) {
	project, folder := t.TempDir(), filepath.Join(t.TempDir(), "bin")
	write := func(text string) {
		t.Helper()
		for _, name := range sourceFolders {
			if err := os.MkdirAll(filepath.Join(project, name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(project, "pipelines", "a.go"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open := func() *journal {
		t.Helper()
		j, err := openJournal(project, folder)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	s := &suite{Package: "p", Runs: [][]string{{"-test.run", "A"}}}
	m := &mutant{File: "f.go", Edits: []edit{{"a", "b"}}, Outcome: caught("TestA/x y")}
	other := &mutant{File: "f.go", Edits: []edit{{"a", "c"}}}

	write("one")
	j := open()
	if err := j.note(s, m); err != nil {
		t.Fatal(err)
	}
	j = open()
	if got := j.known[j.key(s, m)]; got != m.Outcome {
		t.Errorf("the journal has %q, want %q", got, m.Outcome)
	}
	if got, known := j.known[j.key(s, other)]; known {
		t.Errorf("a mutant that was not tried has %q", got)
	}
	if got, known := j.known[j.key(&suite{Package: "p", Runs: [][]string{{"-test.run", "B"}}}, m)]; known {
		t.Errorf("under other tests it has %q", got)
	}
	write("two")
	if j = open(); j.known[j.key(s, m)] != "" {
		t.Error("what was tried of other sources counts")
	}
	write("one")
	if err := open().remove(); err != nil {
		t.Fatal(err)
	}
	if j = open(); len(j.known) != 0 {
		t.Error("the journal is not taken away")
	}
}
