package main

import (
	"os"
	"path/filepath"
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

func TestReadingMutants(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.txt")
	text := "# X\n\npackage: p\nrun: -test.run A -x\n\n## f.go\n\n* one\nendless: yes\n- a\n-  b\n+ c\n- d\n+ \n\n##= g.go\n\n* two\n- e\n+ f\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := readSuite(path)
	if err != nil {
		t.Fatal(err)
	}
	one, two := s.Mutants[0], s.Mutants[1]
	if !slices.Equal(one.Edits, []edit{{"a\n b", "c"}, {"d", ""}}) || one.Harmless || !one.Endless || one.File != "f.go" {
		t.Errorf("the first mutant is %+v", one)
	}
	if !slices.Equal(two.Edits, []edit{{"e", "f"}}) || !two.Harmless || two.Endless || two.File != "g.go" {
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
