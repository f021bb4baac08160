package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"doorstroom/deploy/embedded"
)

// TestMain lets this test binary be the ClickHouse process behind a proxy.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	inNamespace()
	os.Exit(m.Run())
}

func TestFaults(t *testing.T) {
	w, err := newWorld(t.Context(), t.TempDir(), build(t), 300)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("LeaderChangeOfApacheKafka", func(t *testing.T) { leaderChange(t, w) })
	t.Run("EightWorkersAndOne", func(t *testing.T) { eightWorkersAndOne(t, w) })
	t.Run("AwayForLonger", func(t *testing.T) { awayForLonger(t, w) })
	t.Run("ServeGoesOn", func(t *testing.T) { serveGoesOn(t, w) })
	t.Run("NothingIsLostOrDoubled", func(t *testing.T) { nothingIsLostOrDoubled(t, w) })
}

// sideBySide is how many runs are under way at a time: most of one is waiting.
const sideBySide = 3

// nothingIsLostOrDoubled prints the table of faults.
func nothingIsLostOrDoubled(t *testing.T, w *world) {
	list, err := w.runs(t.Context(), 1, seeds, sideBySide)
	t.Log("\n" + list.table())
	if err != nil {
		t.Error(err)
	}
	if missing := list.missing(); len(missing) > 0 {
		t.Errorf("no run had %q", missing)
	}
}

// build makes the program as it stands.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "doorstroom")
	if out, err := exec.Command("go", "build", "-ldflags=-w", "-o", binary, "doorstroom/cmd/doorstroom").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}
