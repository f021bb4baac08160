package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// tally sums up results by fault.
type tally struct {
	results []*result
}

func (t *tally) add(r *result) { t.results = append(t.results, r) }

// line is one fault of the table.
type line struct {
	times, ended, lost, doubled int
	longest, late               time.Duration
}

// table shows per fault how often it hit and ended the command, the rows lost and doubled in the runs that had it, the
// longest time from when the broken part was back, or the command started again, to the end of the step, and how much
// later than an undisturbed command that was: the work is at full speed again no later than that.
func (t *tally) table() string {
	lines := make(map[string]*line)
	for _, r := range t.results {
		for _, f := range r.faults {
			l := lines[f.name]
			if l == nil {
				l = &line{}
				lines[f.name] = l
			}
			l.times++
			if f.ended {
				l.ended++
			}
			l.lost += r.lost
			l.doubled += r.doubled
			l.longest, l.late = max(l.longest, f.recovery), max(l.late, f.late)
		}
	}
	var out strings.Builder
	fmt.Fprintln(&out, "| fault | times | commands started again | rows lost | rows doubled | longest time to the end of the step, once the part is back | of it longer than undisturbed |\n| --- | --- | --- | --- | --- | --- | --- |")
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		l := lines[name]
		fmt.Fprintf(&out, "| %s | %d | %d | %d | %d | %v | %v |\n", name, l.times, l.ended, l.lost, l.doubled, l.longest.Round(100*time.Millisecond), l.late.Round(100*time.Millisecond))
	}
	return out.String()
}

// missing are the kinds of faults that no run had.
func (t *tally) missing() []string {
	kinds := make(map[string]bool)
	for _, r := range t.results {
		for _, name := range r.offered {
			kinds[name] = true
		}
	}
	for _, r := range t.results {
		for _, f := range r.faults {
			_, name, _ := strings.Cut(f.name, ": ")
			delete(kinds, name)
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

// verdict names the seeds after which something was not as in an undisturbed run.
func (t *tally) verdict() error {
	var errs []error
	for _, r := range t.results {
		if r.lost > 0 || r.doubled > 0 || r.differs != "" {
			errs = append(errs, fmt.Errorf("seed %d: %d rows lost, %d doubled, different: %q; faults %v", r.seed, r.lost, r.doubled, r.differs, r.faults))
		}
	}
	return errors.Join(errs...)
}
