// Command mutation shows that the tests notice errors. It makes small errors
// in link, route and the queries of facts for the records that hold, one at a
// time, and runs the tests on each: the tests must fail. It also makes changes
// that must not matter, such as smaller batches: there the tests must pass.
// docs/mutation.md lists them all with the test that noticed.
//
// The changes stand in mutants/*.txt. The sources are never touched: the go
// command gets each changed file as an overlay.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"time"
)

func main() {
	root := flag.String("root", ".", "the project's top folder")
	only := flag.String("only", "", "expression: only mutants whose file or sentence matches; the others keep the outcome that the page has. Without it all are tried, and a run that was broken off goes on where it stopped if the sources are the same")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *root, *only); err != nil {
		fmt.Fprintln(os.Stderr, "mutation: "+err.Error())
		os.Exit(1)
	}
}

// run tries the mutants that are chosen and writes the page. It fails if one
// has another outcome than it must have.
func run(ctx context.Context, root, only string) error {
	choice, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("read -only: %w", err)
	}
	suites, err := readSuites(filepath.Join(root, "deploy", "mutation", "mutants"))
	if err != nil {
		return err
	}
	path := filepath.Join(root, "docs", "mutation.md")
	keep(suites, path)
	tried, err := openJournal(root, filepath.Join(root, "bin"))
	if err != nil {
		return err
	}
	began := time.Now()
	wrong, count := 0, 0
	for i := range suites {
		for j := range suites[i].Mutants {
			m := &suites[i].Mutants[j]
			if !choice.MatchString(m.File + " " + m.What) {
				continue
			}
			count++
			fine, result, err := attempt(ctx, root, &suites[i], m, tried, only == "")
			if err != nil {
				return err
			}
			if !fine {
				wrong++
			}
			fmt.Printf("%-5s %-8s %s: %s: %s\n", map[bool]string{true: "ok", false: "WRONG"}[fine], time.Since(began).Round(time.Second), m.File, m.What, result)
		}
	}
	if err := os.WriteFile(path, []byte(page(suites)), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	if only == "" {
		if err := tried.remove(); err != nil {
			return fmt.Errorf("remove the journal: %w", err)
		}
	}
	fmt.Printf("%d changes in %s\n", count, time.Since(began).Round(time.Second))
	if wrong > 0 {
		return fmt.Errorf("%d of %d changes have another outcome than they must have: add the test that is missing, or correct the list in deploy/mutation/mutants", wrong, count)
	}
	return nil
}

// attempt tries one mutant and tells whether it came out as it must, and how.
// With journaled it is not tried when the journal knows what comes of it. The error is that of the run, not of the mutant.
func attempt(ctx context.Context, root string, s *suite, m *mutant, j *journal, journaled bool) (fine bool, result string, err error) {
	if known, ok := j.known[j.key(s, m)]; ok && journaled {
		m.Outcome = known
		return m.fine(), string(known) + " (before the run was broken off)", nil
	}
	found, err := try(ctx, root, s, m)
	if ctx.Err() != nil {
		return false, "", ctx.Err()
	}
	if err != nil {
		m.Outcome = ""
		return false, err.Error(), nil
	}
	m.Outcome = found
	if journaled {
		if err := j.note(s, m); err != nil {
			return false, "", fmt.Errorf("write the journal: %w", err)
		}
	}
	return m.fine(), string(found), nil
}
