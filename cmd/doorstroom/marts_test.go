package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReportOfStandingMarts asks for a report when the facts are newer than the marts, when making the marts broke off, and
// when all is made again: only then is there one.
func TestReportOfStandingMarts(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), smallLanding(t)
	const edition = "2026-06-30"
	later, kept := filepath.Join(landing, "idw"), filepath.Join(t.TempDir(), "idw")
	if err := os.Rename(later, kept); err != nil {
		t.Fatal(err)
	}
	u.run("run", "--landing", landing, "--as-of", edition).exits(0)
	u.run("report", "--edition", edition).exits(0)

	if err := os.Rename(kept, later); err != nil {
		t.Fatal(err)
	}
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.run("run", "--only", "facts", "--as-of", edition).exits(0)
	u.run("report", "--edition", edition).exits(exitFailed).says("facts that were made anew", "doorstroom run --only marts --as-of "+edition)
	u.with("DOORSTROOM_DBT=/bin/false").run("run", "--only", "marts", "--as-of", edition).exits(exitFailed)
	u.run("report", "--edition", edition).exits(exitFailed).says("not complete", "doorstroom run --only marts --as-of "+edition)
	u.run("run", "--only", "marts", "--as-of", edition).exits(0)
	u.run("report", "--edition", edition).exits(0)
}
