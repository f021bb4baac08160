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

// outcome is what the tests made of a mutant, as the page has it; empty when it was not tried.
type outcome string

// survived is the outcome that a harmless change must have, and no other may.
const survived outcome = "all tests pass"

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

// try builds the tests with the mutant in place of its file and runs them.
func try(ctx context.Context, root string, s *suite, m *mutant) (outcome, error) {
	folder, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	binary := filepath.Join(folder, "tests")
	if err := build(ctx, root, folder, binary, s, m); err != nil {
		return "", err
	}
	for _, flags := range s.Runs {
		test := exec.CommandContext(ctx, binary, append([]string{"-test.failfast", "-test.v", "-test.timeout=120s"}, flags...)...)
		test.Dir = filepath.Join(root, s.Package)
		out, err := test.CombinedOutput()
		var failed *exec.ExitError
		switch {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case errors.As(err, &failed):
			if broken := notSQL.Find(out); broken != nil {
				return "", fmt.Errorf("the mutant is no SQL: %s", broken)
			}
			return caught(failing(string(out))), nil
		case err != nil:
			return "", fmt.Errorf("run the tests: %w", err)
		case !strings.Contains(string(out), "--- PASS"):
			return "", fmt.Errorf("no test fits %s", strings.Join(flags, " "))
		}
	}
	return survived, nil
}

// build compiles the tests with the mutant as an overlay. A mutant that does
// not compile is a fault in the list.
func build(ctx context.Context, root, folder, binary string, s *suite, m *mutant) error {
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
	changed := filepath.Join(folder, "changed.go")
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
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
		return "the end of the test run" // a crash outside of any test, or no end at all
	}
	return name
}
