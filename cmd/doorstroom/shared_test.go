package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"doorstroom/connectors/synth"
)

// sharing runs tests that begin with the same things: each is made once, when the first test asks for it, in a folder that
// goes when all tests have ended. A test works on a copy.
type sharing struct{ tests *testing.M }

// sharedDir is that folder.
var sharedDir string

// Run implements testscript.TestingM.
func (s sharing) Run() int {
	dir, err := os.MkdirTemp("", "doorstroom-tests")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	sharedDir = dir
	return s.tests.Run()
}

// populations are the deliveries of synthetic persons that were made so far.
var populations sync.Map // of func() (dir string, err error), by size and seed

// population fills a folder, which must not be there yet, with deliveries about synthetic persons up to laterDay.
func population(t *testing.T, persons int, seed uint64, dir string) {
	t.Helper()
	name := fmt.Sprintf("%d-persons-of-seed-%d", persons, seed)
	made, _ := populations.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		asOf, err := time.Parse(time.DateOnly, laterDay)
		if err != nil {
			return "", err
		}
		out := filepath.Join(sharedDir, name)
		return out, synth.Generate(context.Background(), synth.Options{Out: out, Persons: persons, Seed: seed, AsOf: asOf})
	}))
	from, err := made.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// smallLanding is a landing folder of 300 synthetic persons.
func smallLanding(t *testing.T) string {
	t.Helper()
	landing := filepath.Join(t.TempDir(), "landing")
	population(t, 300, 1, landing)
	return landing
}

// finished is the data folder of a warehouse with all deliveries of smallLanding and the edition of laterDay, with its marts,
// and what the run said that made it.
var finished struct {
	sync.Once
	data string
	ran  ended
}

// finishedWarehouse is a user with a copy of it, and a landing folder.
func finishedWarehouse(t *testing.T) (u *user, landing string, made ended) {
	t.Helper()
	landing = smallLanding(t)
	finished.Do(func() {
		maker := newUser(t)
		maker.data = filepath.Join(sharedDir, "finished")
		finished.ran = maker.run("run", "--landing", landing, "--as-of", laterDay).exits(0)
		finished.data = maker.data
	})
	if finished.data == "" {
		t.Fatal("the warehouse that tests begin with could not be made; the first test that asked for it says why")
	}
	u = newUser(t)
	u.data = finished.data
	return u.copied(t), landing, finished.ran
}
