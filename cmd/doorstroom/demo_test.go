package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDemoLeavesNothingRunning ends the demo in every way that it can end: by itself, by a signal, and by one that it
// does not get to see, while the interface of the suppliers is up and while the main job runs.
func TestDemoLeavesNothingRunning(t *testing.T) {
	for name, end := range map[string]struct {
		signal syscall.Signal // 0: it ends by itself
		at     string         // the file that tells that the moment is there
	}{
		"by itself":                     {},
		"stopped during the run":        {syscall.SIGTERM, "demo/data/clickhouse"},
		"killed during the run":         {syscall.SIGKILL, "demo/data/clickhouse"},
		"killed while persons are made": {syscall.SIGKILL, "demo/suppliers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := demoTree(t)
			demo := startDemo(t, tree)
			if end.signal != 0 {
				until(t, "the demo has made "+end.at, func() bool {
					_, err := os.Stat(filepath.Join(tree, end.at))
					return err == nil
				})
				if err := demo.Process.Signal(end.signal); err != nil {
					t.Fatal(err)
				}
			}
			if err := demo.Wait(); (err == nil) != (end.signal == 0) {
				t.Errorf("the demo ended with %v", err)
			}
			until(t, "everything that the demo started has ended", func() bool { return len(runningIn(t, tree)) == 0 })
		})
	}
}

// demoTree is a project folder with what the demo needs of it.
func demoTree(t *testing.T) string {
	t.Helper()
	tree := t.TempDir()
	script, err := os.ReadFile("../../deploy/demo/demo.sh")
	if err != nil {
		t.Fatal(err)
	}
	binary, err := exec.LookPath("doorstroom")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"bin", "deploy/demo"} {
		if err := os.MkdirAll(filepath.Join(tree, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(binary, filepath.Join(tree, "bin", "doorstroom")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tree, "deploy", "demo", "demo.sh"), script, 0o700); err != nil {
		t.Fatal(err)
	}
	return tree
}

func startDemo(t *testing.T, tree string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	t.Cleanup(cancel)
	demo := exec.CommandContext(ctx, filepath.Join(tree, "deploy", "demo", "demo.sh"), "300", "2026-06-30")
	demo.Env = append(os.Environ(), toolSettings(t)...)
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // what should have ended and did not
		for _, pid := range runningIn(t, tree) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	return demo
}

// runningIn lists the processes that work in a folder.
func runningIn(t *testing.T, dir string) (pids []int) {
	t.Helper()
	cwds, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil {
		t.Fatal(err)
	}
	for _, cwd := range cwds {
		at, err := os.Readlink(cwd)
		if err != nil || at != dir && !strings.HasPrefix(at, dir+"/") {
			continue // gone since, or another's
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(cwd)))
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, pid)
	}
	return pids
}
