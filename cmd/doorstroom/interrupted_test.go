package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/connectors/synth"
	"doorstroom/schemas"
)

// TestInterrupted breaks a run off in every way and place, on a machine with
// another language and time zone and in folders with a blank in their names.
// What the next run makes of it must be what a run makes that nothing happened
// to: complete, and nothing twice.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	landing := filepath.Join(t.TempDir(), "the landing folder")
	day, err := input.Day("--as-of", "2026-06-30")
	if err != nil {
		t.Fatal(err)
	}
	if err := synth.Generate(t.Context(), synth.Options{Out: landing, Persons: 3000, Seed: 5, AsOf: day}); err != nil {
		t.Fatal(err)
	}
	load := []string{"run", "--landing", landing, "--only", "load"}
	count := []string{"run", "--only", "facts", "--as-of", "2026-06-30"}

	calm := newUser(t)
	calm.run(load...).exits(0)
	calm.run(count...).exits(0)
	want := decisions(calm) + calm.run("editions", "--format", "CSV").exits(0).out
	if strings.Count(want, "2026-06-30") < len(schemas.FactTables) {
		t.Fatalf("the edition does not stand:\n%s", want)
	}

	u := newUser(t).with("LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8", "TZ=Asia/Kathmandu")
	u.data = filepath.Join(t.TempDir(), "the data folder")
	u.breakOff("read and load ...", load, func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGINT) }).exits(1).says("stopped", "run the command again")
	u.breakOff("read and load ...", load, func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGKILL) })
	u.breakOff("read and load ...", load, func(cmd *exec.Cmd) { send(t, child(t, cmd.Process.Pid), syscall.SIGKILL) }).
		exits(3).says("ClickHouse", "run the command again")
	u.run(load...).exits(0)
	u.breakOff("persons and facts ...", count, func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGTERM) }).exits(1)
	u.breakOff("persons and facts ...", count, func(cmd *exec.Cmd) { send(t, child(t, cmd.Process.Pid), syscall.SIGKILL) }).
		exits(3).says("ClickHouse", "run the command again")
	if got := u.run("editions", "--format", "CSV").exits(0).rows(); len(got) != 0 {
		t.Errorf("an edition whose build was broken off is visible: %v", got)
	}
	u.run(count...).exits(0)
	if got := decisions(u) + u.run("editions", "--format", "CSV").exits(0).out; got != want {
		t.Errorf("after interruptions there is\n%s\nand without them\n%s", got, want)
	}
	assertOnlyInWarehouse(t, u.data)
}

// decisions lists what was decided, less the moment of it.
func decisions(u *user) string {
	u.t.Helper()
	var b strings.Builder
	for _, r := range u.run("deliveries", "--format", "CSV").exits(0).rows() {
		fmt.Fprintln(&b, r[:10])
	}
	for _, r := range u.run("quarantine", "--format", "CSV").exits(0).rows() {
		fmt.Fprintln(&b, r)
	}
	return b.String()
}

// breakOff starts a command, does something to it once it has said a line on the
// error stream, and waits for its end.
func (u *user) breakOff(line string, args []string, do func(*exec.Cmd)) ended {
	u.t.Helper()
	cmd, said := u.command(args...), false
	e := u.watch(cmd, func(text string) {
		if !said && strings.TrimSpace(text) == line {
			said = true
			do(cmd)
		}
	})
	if !said {
		u.t.Fatalf("the command ended before it said %q:\n%s", line, e.err)
	}
	return e
}

// watch runs a prepared command to its end and hands on every line of its error stream as it comes.
func (u *user) watch(cmd *exec.Cmd, line func(string)) ended {
	u.t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdout = &out
	pipe, err := cmd.StderrPipe()
	if err != nil {
		u.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		u.t.Fatal(err)
	}
	lines := bufio.NewReader(io.TeeReader(pipe, &errOut))
	for err == nil {
		var text string
		text, err = lines.ReadString('\n')
		line(text)
	}
	_ = cmd.Wait()
	return u.ended(cmd, &out, &errOut)
}

func send(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Errorf("signal %v: %v", s, err)
	}
}

// child finds the one process that a process started.
func child(t *testing.T, parent int) int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		content, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		_, rest, _ := strings.Cut(string(content), ") ")
		if fields := strings.Fields(rest); len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			if err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatal("the command has no ClickHouse process")
	return 0
}

// TestOneDataFolderOneCommand holds a data folder with `serve`: a second command that changes something
// is told so, one that reads goes through it, one on a folder of its own works, and nobody else gets in.
func TestOneDataFolderOneCommand(t *testing.T) {
	t.Parallel()
	u, other := newUser(t), newUser(t)
	other.run("migrate").exits(0)
	e := u.breakOff("serving; stop with Ctrl-C", []string{"serve"}, func(cmd *exec.Cmd) {
		u.run("deliveries").exits(0)
		u.run("migrate").exits(3).says("in use", strconv.Itoa(cmd.Process.Pid), "--data", u.data)
		other.run("deliveries").exits(0)
		assertPrivate(t, u.data)
		send(t, cmd.Process.Pid, syscall.SIGINT)
	})
	e.exits(0)
	u.run("deliveries").exits(0)
}

// assertPrivate checks that others get nothing of a data folder.
func assertPrivate(t *testing.T, data string) {
	t.Helper()
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder has mode %v, want 0700", info.Mode().Perm())
	}
	logins := 0
	err = filepath.WalkDir(data, func(path string, d os.DirEntry, err error) error {
		if d.Name() == "password" {
			t.Errorf("%s keeps a password", path)
		}
		if err != nil || d.IsDir() || d.Name() != "users.xml" {
			return err
		}
		logins++
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v: others may read it", path, info.Mode().Perm())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if logins == 0 {
		t.Error("no hashes of passwords are in the data folder: look where they are now")
	}
}
