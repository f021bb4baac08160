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

// standing is a warehouse that is made once: its data folder, and what the run said that made it.
type standing struct {
	sync.Once
	data string
	ran  ended
}

// finished holds all deliveries of newSupply and the edition of laterDay, with its marts; both holds that of editionDay too.
var finished, both standing

// finishedWarehouse is a user with a copy of finished, and its landing folder.
func finishedWarehouse(t *testing.T) (u *user, landing string, made ended) {
	t.Helper()
	landing = fullLanding(t)
	finished.make(t, "finished", newUser, "--landing", landing, "--as-of", laterDay)
	return finished.copied(t), landing, finished.ran
}

// twoEditions is a user with a copy of both, and its landing folder.
func twoEditions(t *testing.T) (u *user, landing string) {
	t.Helper()
	both.make(t, "both", func(t *testing.T) *user { u, _, _ := finishedWarehouse(t); return u }, "--from", "facts", "--as-of", editionDay)
	return both.copied(t), fullLanding(t)
}

// fullLanding has all deliveries of newSupply.
func fullLanding(t *testing.T) string {
	t.Helper()
	all := newSupply(t)
	return all.landing(t, all.ids()...)
}

// make has the first who asks run, as the user whom it begins with.
func (s *standing) make(t *testing.T, name string, from func(*testing.T) *user, run ...string) {
	t.Helper()
	s.Do(func() {
		maker, data := from(t), filepath.Join(sharedDir, name)
		if err := os.Rename(maker.data, data); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		maker.data = data
		s.ran = maker.run(append([]string{"run"}, run...)...).exits(0)
		s.data = data
	})
	if s.data == "" {
		t.Fatal("the warehouse that tests begin with could not be made; the first test that asked for it says why")
	}
}

func (s *standing) copied(t *testing.T) *user {
	t.Helper()
	u := newUser(t)
	u.data = s.data
	return u.copied(t)
}
