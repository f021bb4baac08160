package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestReportOfStandingMarts asks for a report when the facts are newer than the marts, when making the marts broke off, and
// when all is made again: only then is there one, and the marts are what they would have been.
func TestReportOfStandingMarts(t *testing.T) {
	t.Parallel()
	u, _, _ := finishedWarehouse(t)
	const edition = laterDay
	want := u.marts()
	u.run("report", "--edition", edition).exits(0)

	first := u.value("SELECT min(delivery_id) FROM ops.delivery FINAL WHERE supplier = 'idw'")
	u.run("withdraw", "idw/"+first, "--why", "test").exits(0)
	marts := []string{"run", "--only", "marts", "--as-of", edition}
	refused := func(why string) {
		t.Helper()
		u.run("report", "--edition", edition).exits(exit.CodeFailed).says(why, "doorstroom "+strings.Join(marts, " "))
	}
	u.builds(edition)
	refused("facts that were made again")

	u.breakOff("marts ...", marts, func(cmd *exec.Cmd) {
		u.amidMarts()
		send(t, cmd.Process.Pid, syscall.SIGKILL)
	})
	until(t, "dbt ends with the program", func() bool { return len(processesOf(u.data)) == 0 })
	refused("not complete")
	u.breakOff("marts ...", marts, func(cmd *exec.Cmd) {
		u.amidMarts()
		send(t, clickHouseOf(t, u.data), syscall.SIGKILL)
	}).exits(exit.CodeEnvironment).says("ClickHouse", "run the command again")
	refused("not complete")

	u.run("release", "idw/"+first, "--why", "test").exits(0)
	u.builds(edition)
	u.run(marts...).exits(0)
	u.run("report", "--edition", edition).exits(0)
	if got := u.marts(); got != want {
		t.Errorf("after interruptions the marts are\n%s\nand without them\n%s", got, want)
	}
}

// amidMarts waits until dbt is at the marts.
func (u *user) amidMarts() {
	u.t.Helper()
	log := filepath.Join(u.data, "dbt", "logs", "dbt.log")
	before, _ := os.ReadFile(log) // there may be none yet
	until(u.t, "dbt is at the marts", func() bool {
		all, _ := os.ReadFile(log)
		return strings.Contains(string(all[min(len(before), len(all)):]), "Began running node model.doorstroom.waiting_time")
	})
}

// marts are the number and a hash of the rows of every mart.
func (u *user) marts() string {
	u.t.Helper()
	var each []string
	for _, r := range u.run("sql", "--format", "CSV", "SELECT DISTINCT table FROM system.parts WHERE database = 'marts' AND active ORDER BY table").exits(0).rows() {
		each = append(each, "SELECT '"+r[0]+"' AS mart, count(), sum(sipHash64(toJSONString(tuple(*)))) FROM marts."+r[0])
	}
	return u.run("sql", "--format", "CSV", "SELECT * FROM ("+strings.Join(each, " UNION ALL ")+") ORDER BY mart").exits(0).out
}

// processesOf are the command lines, by process, that name a folder.
func processesOf(dir string) map[int]string {
	found := make(map[int]string)
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range lines {
		line, err := os.ReadFile(path)
		if pid, no := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil && no == nil && strings.Contains(string(line), dir) {
			found[pid] = strings.ReplaceAll(string(line), "\x00", " ")
		}
	}
	return found
}

// clickHouseOf is the ClickHouse of a data folder while dbt is at work on it.
func clickHouseOf(t *testing.T, data string) int {
	t.Helper()
	for pid, line := range processesOf(data) {
		if !strings.Contains(line, "--data ") && !strings.Contains(line, "--project-dir ") {
			return pid
		}
	}
	t.Fatalf("ClickHouse is not among %v", processesOf(data))
	return 0
}

// until waits for something that has to become true.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after ten minutes it has not come to it that %s", what)
		}
	}
}
