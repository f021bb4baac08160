package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFine: what counts as the outcome that a change must have. That tests do not end is not a sign that they noticed.
func TestFine(t *testing.T) {
	for m, want := range map[*mutant]bool{
		{}: false, {Outcome: survived}: false, {Outcome: caught("TestA")}: true, {Outcome: timedOut}: false,
		{Harmless: true, Outcome: survived}: true, {Harmless: true, Outcome: caught("TestA")}: false, {Harmless: true, Outcome: timedOut}: false,
		{Endless: true, Outcome: timedOut}: true, {Endless: true, Outcome: survived}: false, {Endless: true, Outcome: caught("TestA")}: true,
	} {
		if m.fine() != want {
			t.Errorf("%+v: fine is %v", *m, m.fine())
		}
	}
}

// TestOutOfTime runs a test that does not end, beside one that fails.
func TestOutOfTime(t *testing.T) {
	project := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module m\n\ngo 1.24\n",
		"a.go":      "package m\n\nfunc a() bool { return true }\n",
		"a_test.go": "package m\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {\n\tfor !a() {\n\t}\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(project, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := &suite{Package: ".", Runs: [][]string{{"-test.run", "TestA", "-test.timeout=1s"}}}
	for change, want := range map[string]outcome{"false": timedOut, `func() bool { panic("x") }()`: caught("TestA"), "!false": survived} {
		got, err := try(t.Context(), project, s, []*mutant{{File: "a.go", Edits: []edit{{"true", change}}}})
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("with %s: %v, %v; want %q", change, got, err, want)
		}
	}
}

// TestShowsNothing: tests that fail because a query is none, or because ClickHouse has too little of the machine, have not noticed an error.
func TestShowsNothing(t *testing.T) {
	for output, shows := range map[string]bool{
		"--- FAIL: TestA (0s)\n    a_test.go:9: 3 rows, want 4\n":                                                                  true,
		"a_test.go:9: code: 395, message: Value passed to throwIf is true\n--- FAIL: TestA (0s)\n":                                 true,
		"a_test.go:9: code: 62, message: Syntax error: failed at position 8\n--- FAIL: TestA (0s)\n":                               false,
		"a_test.go:9: code: 241, message: (total) memory limit exceeded\n--- FAIL: TestA (0s)\n":                                   false,
		"a_test.go:9: the embedded ClickHouse did not start in time: context deadline exceeded\n--- FAIL: TestA (60.01s)\n":        false,
		"a_test.go:9: starting the embedded ClickHouse: fork/exec tests: resource temporarily unavailable\n--- FAIL: TestA (0s)\n": false,
		"dbt_test.go:9: Compilation Error in model azc_work (models/marts/azc_work.sql)\n--- FAIL: TestRecount (9s)\n":             false,
	} {
		if problem := showsNothing(output); (problem == nil) != shows {
			t.Errorf("%q: %v", output, problem)
		}
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
