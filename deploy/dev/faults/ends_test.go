package main

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestEveryFaultSaysHowItMayEnd: the table has every fault that a run can have, and no other.
func TestEveryFaultSaysHowItMayEnd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	list := slices.Concat(processFaults(nil, r), new(network).faults(r), []fault{new(world).joinAndLeave(new(place), r), {name: brokerKilled}})
	names := map[string]bool{}
	for _, f := range list {
		if names[f.name] {
			t.Errorf("%q is there twice", f.name)
		}
		names[f.name] = true
	}
	got, want := slices.Sorted(maps.Keys(ends)), slices.Sorted(maps.Keys(names))
	if !slices.Equal(got, want) {
		t.Errorf("the table has\n%q\nand runs can have\n%q", got, want)
	}
}

// TestPageTellsWhatMayEnd holds docs/faults.md to the table.
func TestPageTellsWhatMayEnd(t *testing.T) {
	page, err := os.ReadFile("../../../docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "| "), " | ")
		if len(cells) != 2 {
			continue
		}
		for name := range strings.SplitSeq(cells[0], "; ") {
			switch {
			case strings.HasPrefix(cells[1], "is killed"):
				told[name] = killed
			case strings.HasPrefix(cells[1], "may end with exit code 3"):
				told[name] = environment
			}
		}
	}
	for name, how := range ends {
		if told[name] != how { // all others go on
			t.Errorf("of %q the page says %d, and the table %d", name, told[name], how)
		}
		delete(told, name)
	}
	if len(told) > 0 {
		t.Errorf("the page tells of %v, which the table does not know", told)
	}
}

// TestMayEnd: a command ends as its fault allows, or the run fails.
func TestMayEnd(t *testing.T) {
	for _, c := range []struct {
		fault, script string
		hangs, may    bool
	}{
		{"kill doorstroom", "kill -9 $$", false, true},
		{"kill doorstroom", "exit 1", false, false},
		{"kill doorstroom", "kill -9 $$", true, false},
		{"kill ClickHouse", "exit 3", false, true},
		{"kill ClickHouse", "exit 1", false, false},
		{"kill ClickHouse", "kill -9 $$", false, false},
		{"disk full", "exit 3", false, true},
		{"disk full", "exit 2", false, false},
		{"halt doorstroom", "exit 3", false, false},
		{"Kafka, connections cut", "exit 3", false, false},
		{"no fault that is known", "exit 3", false, false},
		{"", "exit 3", false, false},
	} {
		failure := exec.Command("sh", "-c", c.script).Run()
		if failure == nil {
			t.Fatalf("%s did not fail", c.script)
		}
		if c.hangs {
			failure = errors.Join(failure, errHangs)
		}
		if err := mayEnd(c.fault, failure); (err == nil) != c.may {
			t.Errorf("%q and %s, hangs %v: %v", c.fault, c.script, c.hangs, err)
		}
	}
}

// TestMomentsAreLines: a moment is reached by the line that it names, and at once when that was said.
func TestMomentsAreLines(t *testing.T) {
	var w words
	second := w.told(2)
	for _, text := range []string{"one\ntw", "o"} {
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		select {
		case <-second:
			t.Fatalf("reached with %q", w.String())
		default:
		}
	}
	if _, err := w.Write([]byte("\nthree\n")); err != nil {
		t.Fatal(err)
	}
	<-second
	<-w.told(3)
	if w.lines() != 3 {
		t.Errorf("%d lines", w.lines())
	}
}
