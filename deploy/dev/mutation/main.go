// Command mutation shows that the tests notice errors. It makes small errors
// from the population to the report's page, one at a time, and runs the tests
// on each: the tests must fail, and not just take for ever. It also makes changes
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
	untried := flag.Bool("untried", false, "only mutants of which the page says that nobody has tried them yet")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *root, *only, *untried); err != nil {
		fmt.Fprintln(os.Stderr, "mutation: "+err.Error())
		os.Exit(1)
	}
}

// run tries the mutants that are chosen and writes the page. It fails if one
// has another outcome than it must have.
func run(ctx context.Context, root, only string, untried bool) error {
	choice, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("read -only: %w", err)
	}
	suites, err := readSuites(filepath.Join(root, "deploy", "dev", "mutation", "mutants"))
	if err != nil {
		return err
	}
	path := filepath.Join(root, "docs", "mutation.md")
	before, err := tree(ctx, root)
	if err != nil {
		return err
	}
	tried, err := openJournal(root, filepath.Join(root, "bin"))
	if err != nil {
		return err
	}
	some := only != "" || untried
	known := outcomesOn(path)
	chosen := func(m *mutant) bool {
		return choice.MatchString(m.File+" "+m.What) && (!untried || known(m).Outcome == notTried)
	}
	trial := &trial{root: root, chosen: chosen, tried: tried, commit: before.mark(), journaled: !some, began: time.Now()}
	broken := trial.all(ctx, suites)
	keep(suites, path) // as it is now: another run may have written to it meanwhile
	if err := os.WriteFile(path, []byte(page(suites, before.lastRun(some || broken != nil))), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	if broken != nil {
		return broken
	}
	if trial.journaled {
		if err := tried.remove(); err != nil {
			return fmt.Errorf("remove the journal: %w", err)
		}
	}
	fmt.Printf("%d changes in %s\n", trial.count, time.Since(trial.began).Round(time.Second))
	if trial.wrong > 0 {
		return fmt.Errorf("%d of %d changes have another outcome than they must have: add the test that is missing, or correct the list in deploy/dev/mutation/mutants", trial.wrong, trial.count)
	}
	return nil
}

// trial is one run over the list.
type trial struct {
	root   string
	chosen func(*mutant) bool
	tried  *journal
	commit string // what the page says of which sources were tried
	// journaled: a mutant of which the journal knows what comes of it is not tried again.
	journaled    bool
	began        time.Time
	count, wrong int
}

// all tries the suites one after another. What was found when it is broken off counts.
func (t *trial) all(ctx context.Context, suites []suite) error {
	for i := range suites {
		for _, group := range suites[i].groups() {
			if err := t.attempt(ctx, &suites[i], group); err != nil {
				return err
			}
		}
	}
	return nil
}

// attempt tries those mutants of a group that are chosen, at once, and says what came of each. The error is that of the
// run, not of a mutant.
func (t *trial) attempt(ctx context.Context, s *suite, group []*mutant) error {
	var open []*mutant
	for _, m := range group {
		if !t.chosen(m) {
			continue
		}
		if known, ok := t.tried.known[t.tried.key(s, m)]; ok && t.journaled {
			m.Outcome, m.Tried = known, t.commit
			t.say(m, string(known)+" (before the run was broken off)")
			continue
		}
		open = append(open, m)
	}
	if len(open) == 0 {
		return nil
	}
	outcomes, problem := try(ctx, t.root, s, open)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, m := range open {
		if problem != nil {
			m.Outcome, m.Tried = "", t.commit
			t.say(m, problem.Error())
			continue
		}
		m.Outcome, m.Tried = outcomes[i], t.commit
		t.say(m, string(m.Outcome))
		if t.journaled {
			if err := t.tried.note(s, m); err != nil {
				return fmt.Errorf("write the journal: %w", err)
			}
		}
	}
	return nil
}

func (t *trial) say(m *mutant, result string) {
	t.count++
	word := "ok"
	if !m.fine() {
		t.wrong++
		word = "WRONG"
	}
	fmt.Printf("%-5s %-8s %s: %s: %s\n", word, time.Since(t.began).Round(time.Second), m.File, m.What, result)
}
