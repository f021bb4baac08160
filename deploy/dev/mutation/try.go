package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// outcome is what the tests made of a mutant, as the page has it; empty when it could not be tried.
type outcome string

// notTried is what the page says of a mutant until it was tried.
const notTried outcome = "not tried yet"

// survived is the outcome that a harmless change must have, and no other may.
const survived outcome = "all tests pass"

// timedOut is the outcome of a mutant under which the tests went on for longer than they may. That is not a sign that a test
// would notice it: a slow machine looks the same.
const timedOut outcome = "the tests do not end"

// caught is the outcome of a mutant that a test noticed.
func caught(test string) outcome { return outcome("caught by " + test) }

// apply gives the text of a source with the mutant in it.
func (m *mutant) apply(source string) (string, error) {
	if len(m.Edits) == 0 {
		return "", errors.New("the mutant changes nothing")
	}
	for _, e := range m.Edits {
		if n := strings.Count(source, e.Old); n != 1 {
			return "", fmt.Errorf("the old text occurs %d times, not once: %s", n, e.Old)
		}
		source = strings.Replace(source, e.Old, e.New, 1)
	}
	return source, nil
}

// try builds the tests with mutants in place of their files and runs them. It gives the outcome of each.
func try(ctx context.Context, root string, s *suite, group []*mutant) ([]outcome, error) {
	folder, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	binary := filepath.Join(folder, "tests")
	if err := build(ctx, root, folder, binary, s, group); err != nil {
		return nil, err
	}
	for _, flags := range s.Runs {
		out, failed, err := runTests(ctx, filepath.Join(root, s.Package), binary, s.Together, flags)
		switch {
		case err != nil:
			return nil, err
		case failed && outOfTime.MatchString(out):
			return unended(s, group)
		case failed && s.Together:
			return each(out, group)
		case failed:
			return []outcome{caught(failing(out))}, nil
		}
	}
	outcomes := make([]outcome, len(group))
	for i := range outcomes {
		outcomes[i] = survived
	}
	return outcomes, nil
}

// unended is what came of a group when the tests ran out of time.
func unended(s *suite, group []*mutant) ([]outcome, error) {
	if len(group) > 1 {
		return nil, fmt.Errorf("the tests of %s do not end with %d mutants at once; try them one by one", s.Package, len(group))
	}
	return []outcome{timedOut}, nil
}

// runTests gives what the tests said, and whether one failed.
func runTests(ctx context.Context, folder, binary string, together bool, flags []string) (out string, failed bool, err error) {
	common := []string{"-test.v", "-test.failfast", "-test.timeout=120s"}
	if together {
		common = []string{"-test.v", "-test.timeout=10m"}
	}
	test := exec.CommandContext(ctx, binary, append(common, flags...)...)
	test.Dir = folder
	said, err := test.CombinedOutput()
	out = string(said)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", false, ctx.Err()
	case errors.As(err, &exit):
		return out, true, showsNothing(out)
	case err != nil:
		return "", false, fmt.Errorf("run the tests: %w", err)
	case !strings.Contains(out, "--- PASS"):
		return "", false, fmt.Errorf("no test fits %s", strings.Join(flags, " "))
	}
	return out, false, nil
}

// each tells of every mutant of a group whether the subtest of its file failed. A failure that is of no file says nothing of any.
func each(out string, group []*mutant) ([]outcome, error) {
	outcomes, found := make([]outcome, len(group)), false
	for i, m := range group {
		outcomes[i] = survived
		name := strings.TrimSuffix(filepath.Base(m.File), filepath.Ext(m.File))
		for _, failed := range failedLine.FindAllStringSubmatch(out, -1) {
			if _, subtest, _ := strings.Cut(failed[2], "/"); subtest == name {
				outcomes[i], found = caught(failed[2]), true
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("the tests failed before they came to the mutants; try them one by one: %s", failing(out))
	}
	return outcomes, nil
}

// build compiles the tests with mutants as an overlay. A mutant that does
// not compile is a fault in the list.
func build(ctx context.Context, root, folder, binary string, s *suite, group []*mutant) error {
	replace := make(map[string]string)
	for i, m := range group {
		path, err := filepath.Abs(filepath.Join(root, m.File))
		if err != nil {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := m.apply(string(source))
		if err != nil {
			return err
		}
		replace[path] = filepath.Join(folder, fmt.Sprintf("changed%d%s", i, filepath.Ext(path)))
		if err := os.WriteFile(replace[path], []byte(text), 0o600); err != nil {
			return err
		}
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return err
	}
	list := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return err
	}
	compile := exec.CommandContext(ctx, "go", "test", "-c", "-ldflags=-s -w", "-overlay", list, "-o", binary, "./"+s.Package)
	compile.Dir = root
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("compile: %w\n%s", err, out)
	}
	return nil
}

// notSQL finds that ClickHouse did not understand a query (62: syntax, 46 and
// 47: unknown names): such a mutant shows nothing, like one that does not compile.
var notSQL = regexp.MustCompile(`code: (62|46|47), .*`)

// gaveOut finds that the machine had too little for ClickHouse: it did not start, or ran out of time (159) or memory (241).
var gaveOut = regexp.MustCompile(`(starting the embedded ClickHouse|the embedded ClickHouse (did|could) not start|code: (159|241), ).*`)

// showsNothing says of tests that failed why that is no sign that they noticed the mutant; nil when it is one.
func showsNothing(out string) error {
	if broken := notSQL.FindString(out); broken != "" {
		return fmt.Errorf("the mutant is not valid SQL: %s", broken)
	}
	if broken := gaveOut.FindString(out); broken != "" {
		return fmt.Errorf("ClickHouse gave out, and nothing was shown; try again: %s", broken)
	}
	if broken := dbtErrors.FindAllString(out, 3); broken != nil {
		return fmt.Errorf("dbt makes no model of it (of several mutants at once, try them one by one): %s", strings.Join(broken, "; "))
	}
	return nil
}

// dbtErrors are what dbt says of models that it could not make.
var dbtErrors = regexp.MustCompile(`(Compilation|Database|Runtime) Error in model .*`)

// outOfTime is what a test binary says when its time is over.
var outOfTime = regexp.MustCompile(`(?m)^panic: test timed out after `)

var failedLine = regexp.MustCompile(`(?m)^( *)--- FAIL: (\S+)`)

// failing gives the first test that failed: the innermost of the first group of failures.
func failing(output string) string {
	name, depth := "", -1
	for _, m := range failedLine.FindAllStringSubmatch(output, -1) {
		if len(m[1]) <= depth {
			break
		}
		name, depth = m[2], len(m[1])
	}
	if name == "" {
		return "the end of the test run" // a crash outside of any test
	}
	return name
}
