package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// stopped is a command that is asked to stop while it waits for something.
type stopped struct {
	name string
	args []string
	env  []string
	// line, if set, is what the command says when it has begun; begun, if set, what tells it otherwise.
	line  string
	begun func(pid int) bool
	// stuck is that it reads a stream that never comes, or writes one that nobody reads.
	stdin, stdout bool
	signals       int
}

// TestStopped asks commands to stop in every phase and before every part that may keep them waiting. Each must end,
// with all that it started; how long it takes is printed, and held against nothing.
func TestStopped(t *testing.T) {
	t.Parallel()
	landing, u := smallLanding(t), newUser(t)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	vast := vastDelivery(t)
	load := []string{"run", "--landing", landing, "--only", "load"}
	silent, asked := silentServer(t)
	drip, dripped := drippingServer(t)
	source := func(url string, more ...string) []string {
		return append([]string{"DOORSTROOM_SOURCE_COA_URL=" + url, "DOORSTROOM_SOURCE_COA_USER=u", "DOORSTROOM_SOURCE_COA_SECRET=s"}, more...)
	}
	cases := []stopped{
		{name: "check, a vast file", args: []string{"check", vast}, line: "check ..."},
		{name: "synth", args: []string{"synth", "--out", t.TempDir(), "--persons", "10000000", "--seed", "1", "--as-of", "2026-06-30"}, line: "synthetic deliveries ..."},
		{name: "synth serve", args: []string{"synth", "serve", "--dir", landing}, begun: listens},
		{name: "load, a vast file", args: []string{"run", "--landing", filepath.Dir(filepath.Dir(vast)), "--only", "load"}, line: "read and load ..."},
		{name: "load, an interface that is silent", args: load, env: []string{"DOORSTROOM_DUO_URL=http://" + silent}, begun: asked},
		{name: "load, a web folder that is silent", args: load, env: source("http://" + silent), begun: asked},
		{name: "load, a web folder that drips", args: load, env: source(drip), begun: dripped},
		{name: "load, an S3 store that is silent", args: load, env: source("s3://b?endpoint=http://" + silent), begun: asked},
		{name: "load, an SFTP server that is silent", args: load, env: sftpSettings(t, silent), begun: asked},
		{name: "load, a registry that is silent", args: load, env: []string{"DOORSTROOM_SCHEMA_REGISTRY=" + silent}, begun: asked},
		{name: "load, Kafka that is silent", args: load, env: []string{"DOORSTROOM_KAFKA_BROKERS=" + silent}, begun: asked},
		{name: "load, ClickHouse that is silent", args: load, env: []string{"DOORSTROOM_CLICKHOUSE_ADDR=" + silent}, begun: asked},
		{name: "doctor, an interface that is silent", args: []string{"doctor"}, env: []string{"DOORSTROOM_DUO_URL=http://" + silent}, begun: asked},
		{name: "facts", args: []string{"run", "--only", "facts", "--as-of", "2026-06-30"}, line: "persons and facts ..."},
		{name: "facts, ClickHouse halted", args: []string{"run", "--only", "facts", "--as-of", "2026-06-30"}, line: "persons and facts ...", begun: haltChild},
		{name: "marts", args: []string{"run", "--from", "facts", "--as-of", "2026-06-30"}, line: "marts ...", begun: childOf("dbt")},
		{name: "sql, a long query", args: []string{"sql", "SELECT count() FROM numbers(1000000000000000) WHERE number % 7 = 3"}, begun: worksFor(2 * time.Second)},
		{name: "sql, nobody reads", args: []string{"sql", "SELECT number FROM numbers(100000000)"}, stdout: true},
		{name: "serve", args: []string{"serve"}, line: "serving; stop with Ctrl-C"},
		{name: "serve, ClickHouse halted", args: []string{"serve"}, line: "serving; stop with Ctrl-C", begun: haltChild},
		{name: "erase, nobody writes", args: []string{"erase", "--landing", landing, "--why", "a test"}, stdin: true},
		{name: "erase, a second signal", args: []string{"erase", "--landing", landing, "--why", "a test"}, stdin: true, signals: 2},
		{name: "load, a second signal", args: load, env: []string{"DOORSTROOM_CLICKHOUSE_ADDR=" + silent}, begun: asked, signals: 2},
	}
	var table strings.Builder
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			gone, left := u.with(c.env...).on(t).stop(c)
			fmt.Fprintf(&table, "%-38s %6.2f s %6.2f s\n", c.name, gone.Seconds(), left.Seconds())
		})
	}
	t.Logf("from the signal to the end of the command, and of all that it started:\n%s", table.String())
	u.run("deliveries").exits(0)
}

// stop runs a command, asks it to stop once it has begun, and tells how long it and what it started lived on.
func (u *user) stop(c stopped) (gone, left time.Duration) {
	u.t.Helper()
	cmd := u.command(c.args...)
	errOut, said := stderrLines(u.t, cmd, c.line)
	if c.stdin {
		in, out, err := os.Pipe()
		if err != nil {
			u.t.Fatal(err)
		}
		defer out.Close()
		defer in.Close()
		cmd.Stdin = in
		if _, err := out.WriteString("\n"); err != nil { // a blank line, which is not a pseudonym
			u.t.Fatal(err)
		}
		c.begun = func(int) bool {
			waiting, err := unix.IoctlGetInt(int(in.Fd()), unix.TIOCINQ)
			return err == nil && waiting == 0
		}
	}
	if c.stdout {
		in, out, err := os.Pipe()
		if err != nil {
			u.t.Fatal(err)
		}
		defer out.Close()
		defer in.Close()
		cmd.Stdout = out
		c.begun = func(int) bool {
			n, err := in.Read(make([]byte, 1))
			return n == 1 && err == nil
		}
	}
	if err := cmd.Start(); err != nil {
		u.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	if c.line != "" {
		select {
		case <-said:
		case <-ended:
			u.t.Fatalf("the command ended before it said %q:\n%s", c.line, errOut)
		case <-time.After(10 * time.Minute):
			_ = cmd.Process.Kill()
			u.t.Fatalf("after ten minutes the command has not said %q:\n%s", c.line, errOut)
		}
	}
	late := time.After(10 * time.Minute)
	for c.begun != nil && !c.begun(cmd.Process.Pid) {
		select {
		case <-ended:
			u.t.Fatalf("the command ended before it had begun:\n%s", errOut)
		case <-late:
			_ = cmd.Process.Kill()
			u.t.Fatalf("after ten minutes the command has not begun:\n%s", errOut)
		case <-time.After(20 * time.Millisecond):
		}
	}
	family := descendants(cmd.Process.Pid)
	at := time.Now()
	send(u.t, cmd.Process.Pid, syscall.SIGTERM)
	time.Sleep(50 * time.Millisecond) // two signals at once are one
	for range c.signals - 1 {
		if err := syscall.Kill(cmd.Process.Pid, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) { // it may be gone by now
			u.t.Errorf("a further signal: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	<-ended
	gone = time.Since(at)
	if !cmd.ProcessState.Exited() {
		u.t.Errorf("the command had to be killed: %s\n%s", cmd.ProcessState, errOut)
	}
	if code := cmd.ProcessState.ExitCode(); code == exit.CodeEnvironment {
		u.t.Errorf("the command blames the environment for being stopped:\n%s", errOut)
	}
	for pid, begun := range family {
		for deadline := time.Now().Add(10 * time.Minute); startOf(pid) == begun; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				u.t.Errorf("process %d, which the command started, is still there", pid)
				_ = syscall.Kill(pid, syscall.SIGKILL)
				break
			}
		}
	}
	return gone, time.Since(at)
}

// stderrLines reads the error stream; said is closed when a line came.
func stderrLines(t *testing.T, cmd *exec.Cmd, line string) (all *lockedBuffer, said chan struct{}) {
	t.Helper()
	all, said = &lockedBuffer{}, make(chan struct{})
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = out
	go func() {
		lines := bufio.NewScanner(io.TeeReader(in, all))
		for lines.Scan() {
			if strings.TrimSpace(lines.Text()) == line {
				close(said)
				break
			}
		}
		_, _ = io.Copy(all, in)
	}()
	t.Cleanup(func() { out.Close(); in.Close() })
	return all, said
}

// descendants are the processes below one, with when each began.
func descendants(pid int) map[int]string {
	all := map[int]string{}
	for _, child := range children(pid) {
		all[child] = startOf(child)
		for grandchild, at := range descendants(child) {
			all[grandchild] = at
		}
	}
	return all
}

func children(parent int) (pids []int) {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", parent))
	for _, path := range tasks {
		text, _ := os.ReadFile(path)
		for _, word := range strings.Fields(string(text)) {
			if pid, err := strconv.Atoi(word); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// stat gives the fields of a process behind its name, none when it is gone or only waits to be buried.
func stat(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 20 || fields[0] == "Z" {
		return nil
	}
	return fields
}

func startOf(pid int) string {
	if fields := stat(pid); fields != nil {
		return fields[19]
	}
	return ""
}

// haltChild stops the embedded ClickHouse from doing anything at all.
func haltChild(pid int) bool {
	for _, child := range children(pid) {
		return syscall.Kill(child, syscall.SIGSTOP) == nil
	}
	return false
}

// childOf waits for a child with a word in its command line.
func childOf(word string) func(int) bool {
	return func(pid int) bool {
		for _, child := range children(pid) {
			line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", child))
			if strings.Contains(string(line), word) {
				return true
			}
		}
		return false
	}
}

// worksFor waits until a child has worked for so long.
func worksFor(d time.Duration) func(int) bool {
	return func(pid int) bool {
		for _, child := range children(pid) {
			if fields := stat(child); fields != nil {
				ticks, _ := strconv.Atoi(fields[11]) // of user time, a hundred a second
				return time.Duration(ticks)*10*time.Millisecond > d
			}
		}
		return false
	}
}

// listens waits until a process has a socket.
func listens(pid int) bool {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, f := range files {
		if to, _ := os.Readlink(f); strings.HasPrefix(to, "socket:") {
			return true
		}
	}
	return false
}

// silentServer takes connections and never says a word; asked tells of a connection since it last did.
func silentServer(t *testing.T) (addr string, asked func(int) bool) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	came := make(chan struct{}, 1)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			select {
			case came <- struct{}{}:
			default:
			}
		}
	}()
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().String(), heard(came)
}

func heard(came <-chan struct{}) func(int) bool {
	return func(int) bool {
		select {
		case <-came:
			return true
		default:
			return false
		}
	}
}

// drippingServer gives a byte of a list now and then.
func drippingServer(t *testing.T) (url string, asked func(int) bool) {
	t.Helper()
	came := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came <- struct{}{}
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte(" "))
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, heard(came)
}

// sftpSettings name a folder at an SFTP server, with keys that fit.
func sftpSettings(t *testing.T, addr string) []string {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	public, err := os.ReadFile(key + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	return []string{"DOORSTROOM_SOURCE_COA_URL=sftp://u@" + addr + "/x", "DOORSTROOM_SOURCE_COA_KEY_FILE=" + key, "DOORSTROOM_SOURCE_COA_HOST_KEY=" + string(public)}
}

// vastDelivery is a delivery whose file takes minutes to read, and no room.
func vastDelivery(t *testing.T) string {
	t.Helper()
	const size = 1 << 38
	folder := filepath.Join(t.TempDir(), "coa", "coa-vast")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(folder, "s.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(size); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(`{"supplier":"coa","delivery_id":"coa-vast","drawn_on":"2026-01-05","covers_from":"2025-01-01","covers_to":"2025-12-31","mode":"full","contract_version":"1.0","key_version":1,
"files":[{"name":"s.jsonl","record":"coa_stay","format":"jsonl","bytes":%d,"sha256":"%064d","rows":1}]}`, int64(size), 0)
	if err := os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// lockedBuffer is written by one goroutine and read by another.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
