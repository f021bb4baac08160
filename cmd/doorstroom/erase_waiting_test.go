package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestEraseWhileADeliveryWaits breaks a run off when part of a delivery is in
// Kafka. An erasure waits for the delivery to be decided or taken away; then it
// finds what waited, and if the delivery comes all the same, every row of it is loaded once.
func TestEraseWhileADeliveryWaits(t *testing.T) {
	t.Parallel()
	const rows = 30_000
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "large", files: []dataFile{stayFile('v', 1, rows)}}.write(t, landing)
	theirs := pseudonym('v', 2)
	load := []string{"run", "--landing", landing, "--only", "load"}
	u.breakOff("read and load ...", load, func(cmd *exec.Cmd) {
		until(t, "the person is in Kafka", func() bool { return len(searchFiles(t, filepath.Join(u.data, "kafka"), theirs)) > 0 })
		send(t, cmd.Process.Pid, syscall.SIGKILL)
	})
	if len(searchFiles(t, filepath.Join(u.data, "kafka"), theirs)) == 0 {
		t.Fatal("the person is not in Kafka: the run was broken off too early")
	}
	erase := []string{"erase", "--landing", landing, "--why", "test"}
	u.withInput("v"+theirs, erase...).exits(exit.CodeFailed).says("coa/large")
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(filepath.Join(landing, "coa", "large"), away); err != nil {
		t.Fatal(err)
	}
	if out := u.withInput("v"+theirs, erase...).exits(0).out; !strings.Contains(out, "no file in the landing folder") {
		t.Errorf("it says\n%s", out)
	}
	assertErased(t, u, theirs)

	if err := os.Rename(away, filepath.Join(landing, "coa", "large")); err != nil {
		t.Fatal(err)
	}
	u.run(load...).exits(0)
	u.run("deliveries", "--detail").exits(0)
	if got := u.value("SELECT concat(toString(count()), ' ', toString(sum(row_no))) FROM raw.coa_stay FINAL"); got != "30000 450015000" {
		t.Errorf("rows and their sum are %s", got)
	}
	// It came again, so it is erased again.
	u.withInput("v"+theirs, erase...).exits(0)
	assertErased(t, u, theirs)
	u.run("deliveries", "--detail").exits(0)
}
