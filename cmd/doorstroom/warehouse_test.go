package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWarehouse keeps the embedded ClickHouse up: tools connect with the login that it is given, commands that read go
// through it, those that change something are told to wait, and afterwards all is as before.
func TestWarehouse(t *testing.T) {
	t.Parallel()
	calm, _, _ := finishedWarehouse(t)
	_, http, err := net.SplitHostPort(freeAddr(t))
	if err != nil {
		t.Fatal(err)
	}
	_, native, err := net.SplitHostPort(freeAddr(t))
	if err != nil {
		t.Fatal(err)
	}
	u := calm.with("DOORSTROOM_WAREHOUSE_HTTP_PORT="+http, "DOORSTROOM_WAREHOUSE_PORT="+native, "DOORSTROOM_WAREHOUSE_PASSWORD=reading")
	before := calm.run("editions").exits(0).out
	people := calm.value("SELECT persons FROM marts.editions")
	e := u.breakOff("the warehouse is up; stop with Ctrl-C", []string{"warehouse"}, func(cmd *exec.Cmd) {
		if got := calm.run("editions").exits(0).out; got != before {
			t.Errorf("through the warehouse the editions are\n%s, were\n%s", got, before)
		}
		if got := calm.value("SELECT persons FROM marts.editions"); got != people {
			t.Errorf("%s persons, want %s", got, people)
		}
		calm.run("report", "--edition", laterDay, "--out", t.TempDir()).exits(0)
		calm.run("diff", laterDay, laterDay).exits(0)
		for _, changes := range [][]string{{"migrate"}, {"run", "--only", "marts", "--as-of", laterDay}, {"withdraw", "nothing", "--why", "a test"}, {"warehouse"}} {
			calm.run(changes...).exits(3).says("in use")
		}
		if got, want := python(t, "dbt", "connect.py", http), people+"\nCut-off day of the edition.\n"; got != want {
			t.Errorf("clickhouse-connect gets\n%s, want\n%s", got, want)
		}
		if got := python(t, "writers", "arrow.py", http); got != people+"\n" {
			t.Errorf("Arrow and DuckDB get %s, want %s", got, people)
		}
		send(t, cmd.Process.Pid, syscall.SIGTERM)
	})
	e.exits(0)
	for _, line := range []string{"127.0.0.1:" + http, "127.0.0.1:" + native, "doorstroom_reader", "jdbc:clickhouse://127.0.0.1:" + http + "/marts?", "clickhousedb://"} {
		if !strings.Contains(e.out, line) {
			t.Errorf("it does not print %s:\n%s", line, e.out)
		}
	}
	if strings.Contains(e.out+e.err, "reading") {
		t.Errorf("a password that was set is printed:\n%s%s", e.out, e.err)
	}
	calm.run("editions").exits(0)
	u.with("DOORSTROOM_WAREHOUSE_HTTP_PORT=" + native).run("warehouse").exits(3).says("DOORSTROOM_WAREHOUSE_PORT")
	u.with("DOORSTROOM_CLICKHOUSE_ADDR=127.0.0.1:1").run("warehouse").exits(2).says("127.0.0.1:1")
}

// python runs a script of testdata/connecting with the Python of one of the tools.
func python(t *testing.T, tool, script, port string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join("..", "..", ".tools", tool, "bin", "python"), filepath.Join("testdata", "connecting", script), "127.0.0.1", port)
	cmd.Env = append(os.Environ(), "PASSWORD=reading")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return string(out)
}
