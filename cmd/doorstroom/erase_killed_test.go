package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestEraseKilledBetweenSteps kills an erasure after its first step, its
// completion after the second, and so on. In between no run begins. In the end
// nothing of the person is left, and later deliveries lose and double nothing.
func TestEraseKilledBetweenSteps(t *testing.T) {
	t.Parallel()
	never, neverLanding := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, neverLanding, false)
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, landing, true)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.run("run", "--only", "facts", "--as-of", openDay).exits(0)

	given := "v" + pseudonym('v', 1)
	args := []string{"erase", "--landing", landing, "--why", "test"}
	steps := 0
	for u.killAfterStep(steps+1, given, args...) {
		steps++
		u.run("run", "--landing", landing).exits(exit.CodeFailed).says("erase --finish")
		u.withInput(given, "erase", "--dry-run", "--landing", landing, "--why", "test").exits(exit.CodeFailed).says("erase --finish")
		args = []string{"erase", "--finish", "--landing", landing}
	}
	if steps < 8 {
		t.Errorf("it was killed after %d steps only", steps)
	}
	if got := u.value("SELECT concat(toString(count()), ' ', any(status), ' ', toString(any(raw_rows))) FROM ops.erasure FINAL"); got != "1 done 11" {
		t.Errorf("the books say %s", got)
	}
	assertErased(t, u, pseudonym('v', 1), pseudonym('b', 1), pseudonym('v', 2))

	for _, w := range []string{landing, neverLanding} {
		landed{supplier: "coa", id: "after", mode: "mutation", drawnOn: "2026-04-20", files: []dataFile{mutations(50, 40)}}.write(t, w)
	}
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	never.run("run", "--landing", neverLanding, "--only", "load").exits(0)
	u.run("deliveries", "--detail").exits(0)
	for _, w := range []*user{never, u} {
		w.run("run", "--only", "facts", "--as-of", openDay).exits(0)
	}
	if got, want := u.run("editions", "--format", "CSV").exits(0).out, never.run("editions", "--format", "CSV").exits(0).out; got != want {
		t.Errorf("the facts are\n%s\nthose of a warehouse that never had the person\n%s", got, want)
	}
}

// killAfterStep starts an erasure and kills it once it tells that so many steps
// are done; false when it came to its end before that.
func (u *user) killAfterStep(n int, input string, args ...string) bool {
	u.t.Helper()
	told := u.with("DOORSTROOM_LOG_LEVEL=debug", "DOORSTROOM_LOG_FORMAT=json")
	cmd := told.command(args...)
	cmd.Stdin = strings.NewReader(input)
	done := 0
	e := u.watch(cmd, func(line string) {
		if strings.Contains(line, "step of an erasure done") {
			if done++; done == n {
				send(u.t, cmd.Process.Pid, syscall.SIGKILL)
			}
		}
	})
	if done < n {
		e.exits(0)
	}
	return done >= n
}
