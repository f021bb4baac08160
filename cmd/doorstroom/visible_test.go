package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestNamesOfFoldersAreShown has a supplier deliver in folders whose names do something to a terminal or a spreadsheet.
func TestNamesOfFoldersAreShown(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	names := []string{"\x1b[31mred", "two\nlines", "=cmd()", "turned\u202eround", "back\rwards"}
	for _, name := range names {
		dir := filepath.Join(landing, "coa", name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	safe := func(e ended, text string) {
		t.Helper()
		for _, bad := range []string{"\x1b", "\r", "\u202e", "two\nlines"} {
			if strings.Contains(text, bad) {
				t.Errorf("doorstroom %s writes %q:\n%q", e.args, bad, text)
			}
		}
	}
	for _, format := range []string{"table", "CSV"} {
		e := u.run("check", landing, "--format", format)
		safe(e, e.out+e.err)
	}
	e := u.run("run", "--dry-run", "--landing", landing, "--as-of", "2026-06-30")
	safe(e, e.out+e.err)
	e = u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
	safe(e, e.out+e.err)
	if !strings.Contains(e.out+e.err, `\u001b[31mred`) {
		t.Errorf("the run does not tell of the folder: %s%s", e.out, e.err)
	}
	e = u.run("deliveries", "--format", "table").exits(0)
	safe(e, e.out+e.err)
	if rows := u.run("deliveries", "--format", "CSV").exits(0).rows(); len(rows) != len(names) {
		t.Errorf("%d deliveries are listed, want %d", len(rows), len(names))
	}
}
