package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"doorstroom/deploy/embedded"
)

// TestMain lets this test binary be the ClickHouse process and, under the name
// doorstroom, the command itself.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	testscript.Main(sharing{m}, map[string]func(){"doorstroom": main})
}

// sentinel is part of every pseudonym, record id and free text of the
// fixtures, of good records and bad ones. It may stand in the warehouse only.
const sentinel = "sentinel"

// user is somebody at the command line, with a data folder and an environment
// of their own.
type user struct {
	t    *testing.T
	data string
	env  []string
}

func newUser(t *testing.T) *user {
	t.Helper()
	return &user{t: t, data: filepath.Join(t.TempDir(), "data"), env: toolSettings(t)}
}

// toolSettings name the tools of this project, because the commands run elsewhere.
func toolSettings(t interface{ Fatal(...any) }) []string {
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), os.Getenv("DOORSTROOM_DBT"))
	if err != nil {
		t.Fatal(err)
	}
	if tools.LibCHDB == "" || tools.DBT == "" {
		t.Fatal("the tools are not installed: run 'make tools'")
	}
	return []string{"DOORSTROOM_LIBCHDB=" + tools.LibCHDB, "DOORSTROOM_DBT=" + tools.DBT}
}

// with is the same user with more environment.
func (u *user) with(env ...string) *user {
	return &user{t: u.t, data: u.data, env: append(u.env[:len(u.env):len(u.env)], env...)}
}

// on is the same user inside a test below.
func (u *user) on(t *testing.T) *user { return &user{t: t, data: u.data, env: u.env} }

// copied is the same user in a test below, with a copy of the data folder.
func (u *user) copied(t *testing.T) *user {
	t.Helper()
	other := u.on(t)
	other.data = filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(other.data, os.DirFS(u.data)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(other.data, 0o700); err != nil { // a copy is as open as the umask lets it be
		t.Fatal(err)
	}
	return other
}

// ended is how a command ended.
type ended struct {
	t        *testing.T
	args     string
	code     int
	out, err string
}

// command prepares a command without starting it. It ends with the test at the latest.
func (u *user) command(args ...string) *exec.Cmd {
	u.t.Helper()
	cmd := exec.CommandContext(u.t.Context(), "doorstroom", append([]string{"--data", u.data}, args...)...)
	cmd.Env = append(os.Environ(), u.env...)
	cmd.Dir = u.t.TempDir()
	return cmd
}

// run runs a command to its end. Whatever it does, no value of a record may
// come out on the error stream.
func (u *user) run(args ...string) ended {
	u.t.Helper()
	return u.finish(u.command(args...))
}

// finish runs a prepared command to its end.
func (u *user) finish(cmd *exec.Cmd) ended {
	u.t.Helper()
	return u.start(cmd)()
}

// start starts a prepared command and gives what waits for its end.
func (u *user) start(cmd *exec.Cmd) (wait func() ended) {
	u.t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	started := cmd.Start()
	return func() ended {
		u.t.Helper()
		if started == nil {
			_ = cmd.Wait() // how it ended is for the caller to judge
		}
		return u.ended(cmd, &out, &errOut)
	}
}

func (u *user) ended(cmd *exec.Cmd, out, errOut *bytes.Buffer) ended {
	u.t.Helper()
	if cmd.ProcessState == nil {
		u.t.Fatalf("%s did not start", cmd)
	}
	e := ended{t: u.t, args: strings.Join(cmd.Args[1:], " "), code: cmd.ProcessState.ExitCode(), out: out.String(), err: errOut.String()}
	if strings.Contains(strings.ToLower(e.err), sentinel) {
		u.t.Errorf("%s wrote a value of a record to the error stream:\n%s", e.args, e.err)
	}
	return e
}

// exits fails the test at once when the exit code is another.
func (e ended) exits(code int) ended {
	e.t.Helper()
	if e.code != code {
		e.t.Fatalf("doorstroom %s: exit code %d, want %d\nstdout: %s\nstderr: %s", e.args, e.code, code, e.out, e.err)
	}
	return e
}

// saysJSON checks that every line of the error stream is an object.
func (e ended) saysJSON() ended {
	e.t.Helper()
	for line := range strings.Lines(e.err) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			e.t.Errorf("doorstroom %s: a line of the error stream is not JSON: %s", e.args, line)
		}
	}
	return e
}

// says checks that the error stream holds every text.
func (e ended) says(texts ...string) ended {
	e.t.Helper()
	for _, text := range texts {
		if !strings.Contains(e.err, text) {
			e.t.Errorf("doorstroom %s: the message does not say %q:\n%s", e.args, text, e.err)
		}
	}
	return e
}

// rows reads stdout as CSV, without its header.
func (e ended) rows() [][]string {
	e.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(e.out)).ReadAll()
	if err != nil {
		e.t.Fatalf("doorstroom %s: stdout is not a CSV: %v\n%s", e.args, err, e.out)
	}
	if len(rows) == 0 {
		e.t.Fatalf("doorstroom %s: no header on stdout", e.args)
	}
	return rows[1:]
}

// value is the one value of a query.
func (u *user) value(query string) string {
	u.t.Helper()
	rows := u.run("sql", "--format", "CSV", query).exits(0).rows()
	if len(rows) != 1 || len(rows[0]) != 1 {
		u.t.Fatalf("%s: %d rows, want one value", query, len(rows))
	}
	return rows[0][0]
}

// delivered is a row of ops.delivery.
type delivered struct {
	drawnOn, mode, status, reason      string
	rowsInFiles, accepted, quarantined string
}

// deliveries gives the decided deliveries by supplier/id; several manifests of one id follow one another.
func (u *user) deliveries() map[string][]delivered {
	u.t.Helper()
	list := map[string][]delivered{}
	for _, r := range u.run("deliveries", "--format", "CSV").exits(0).rows() {
		if len(r) != 13 {
			u.t.Fatalf("deliveries prints %d columns, want the 11 of ops.delivery, the detail and synthetic", len(r))
		}
		if (r[11] != "") != (r[5] == "refused") && r[6] != "implausible_shrink" && r[6] != "withdrawn" {
			u.t.Errorf("%s/%s is %s %s with detail %q", r[0], r[1], r[5], r[6], r[11])
		}
		key := r[0] + "/" + r[1]
		list[key] = append(list[key], delivered{r[3], r[4], r[5], r[6], r[7], r[8], r[9]})
	}
	return list
}

// differences compares lists that have no order and says what is too much and what lacks.
func differences(got, want []string) (lines []string) {
	count := map[string]int{}
	for _, w := range want {
		count[w]++
	}
	for _, g := range got {
		if count[g]--; count[g] < 0 {
			lines = append(lines, "not expected: "+g)
		}
	}
	for _, w := range want {
		if count[w] > 0 {
			count[w]--
			lines = append(lines, "lacks: "+w)
		}
	}
	return lines
}
