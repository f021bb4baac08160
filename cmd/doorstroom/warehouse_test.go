package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
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
	_, port, err := net.SplitHostPort(freeAddr(t))
	if err != nil {
		t.Fatal(err)
	}
	u := calm.with("DOORSTROOM_WAREHOUSE_PORT="+port, "DOORSTROOM_WAREHOUSE_PASSWORD=reading")
	before := calm.run("editions").exits(0).out
	people := calm.value("SELECT persons FROM marts.editions")
	for _, from := range []string{"latest.person", "as_of.person(date = '" + laterDay + "')"} {
		if got := calm.value("SELECT count() FROM " + from); got != people {
			t.Errorf("%s has %s persons, want %s", from, got, people)
		}
	}
	e := u.breakOff("the warehouse is up; stop with Ctrl-C", []string{"warehouse"}, func(cmd *exec.Cmd) {
		if got := calm.run("editions").exits(0).out; got != before {
			t.Errorf("through the warehouse the editions are\n%s, were\n%s", got, before)
		}
		if got := calm.value("SELECT persons FROM marts.editions"); got != people {
			t.Errorf("%s persons, want %s", got, people)
		}
		calm.run("report", "--edition", laterDay, "--out", t.TempDir()).exits(0)
		calm.run("diff", laterDay, laterDay).exits(0)
		for _, changes := range [][]string{{"migrate"}, {"run", "--only", "marts", "--as-of", laterDay}, {"withdraw", "nothing", "--why", "a test"}} {
			calm.run(changes...).exits(3).says("in use")
		}
		if got, want := python(t, "dbt", "connect.py", port), people+"\nCut-off day of the edition.\n"; got != want {
			t.Errorf("clickhouse-connect gets\n%s, want\n%s", got, want)
		}
		if got := python(t, "writers", "arrow.py", port); got != people+"\n" {
			t.Errorf("Arrow and DuckDB get %s, want %s", got, people)
		}
		askedAs(t, port)
		send(t, cmd.Process.Pid, syscall.SIGTERM)
	})
	e.exits(0)
	for _, line := range []string{"127.0.0.1:" + port, "doorstroom_reader", "jdbc:clickhouse://127.0.0.1:" + port + "/marts?", "clickhousedb://"} {
		if !strings.Contains(e.out, line) {
			t.Errorf("it does not print %s:\n%s", line, e.out)
		}
	}
	if strings.Contains(e.out+e.err, "reading") {
		t.Errorf("a password that was set is printed:\n%s%s", e.out, e.err)
	}
	calm.run("editions").exits(0)
	taken, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	u.run("warehouse").exits(3).says("DOORSTROOM_WAREHOUSE_PORT")
	u.with("DOORSTROOM_CLICKHOUSE_ADDR=127.0.0.1:1").run("warehouse").exits(2).says("127.0.0.1:1")
}

// askedAs tries what a tool may send and what it may not.
func askedAs(t *testing.T, port string) {
	t.Helper()
	const login = "user=doorstroom_reader&password=reading&"
	for address, want := range map[string]string{
		"?query=SELECT+1": "401 user or password is wrong",
		"?user=doorstroom_reader&password=&query=SELECT+1":              "401 user or password is wrong",
		"?user=doorstroom&password=reading&query=SELECT+1":              "401 user or password is wrong",
		"?" + login + "query=SELECT+1":                                  "200 1",
		"?" + login + "query=SELECT+1+AS+a&default_format=CSVWithNames": "200 \"a\"\n1",
		"?" + login + "query=SELECT+1&readonly=0":                       "200 1",
		"?" + login + "query=SELECT+1+SETTINGS+readonly%3D0":            "500 Code: 164",
		"?" + login + "query=SELECT+1&dialect=kusto":                    "400 setting dialect is not taken",
		"?" + login + "query=SELECT+1&query=SELECT+2":                   "400 query is given twice",
		"?" + login:               "400 there is no question",
		"?" + login + "query=%00": "400 ",
		"ping?" + login:           "404 questions are asked at /",
		"?" + login + "query=SELECT+file('/etc/passwd')":       "403 function file reads or writes elsewhere",
		"?" + login + "query=SELECT+*+FROM+sqlite('x','t')":    "403 function sqlite reads or writes elsewhere",
		"?" + login + "query=SELECT+nothing+FROM+facts.person": "404 Code: 47",
	} {
		response, err := http.Get("http://127.0.0.1:" + port + "/" + address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		text, err := io.ReadAll(response.Body)
		if got := fmt.Sprintf("%d %s", response.StatusCode, text); err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s (%v), want %s", address, got, err, want)
		}
	}
	for encoding, want := range map[string]int{"": http.StatusBadRequest, "gzip": http.StatusBadRequest} { // data beside a question, packed data
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:"+port+"/?"+login+"query=SELECT+1", strings.NewReader("more"))
		if err != nil {
			t.Fatal(err)
		}
		if encoding != "" {
			request.Header.Set("Content-Encoding", encoding)
		}
		if response, err := http.DefaultClient.Do(request); err != nil || response.StatusCode != want {
			t.Errorf("encoding %q: %+v, %v", encoding, response, err)
		}
	}
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
