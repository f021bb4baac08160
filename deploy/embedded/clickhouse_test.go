package embedded

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func startClickHouse(t *testing.T, dir string) *ClickHouse {
	t.Helper()
	c, err := StartClickHouse(t.Context(), testOptions(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_ = c.Stop(ctx) // a test that cares stops it itself
	})
	return c
}

func connect(t *testing.T, addr, user, password string) driver.Conn {
	t.Helper()
	conn, err := clickhouse.Open(&clickhouse.Options{
		Addr: []string{addr}, Auth: clickhouse.Auth{Username: user, Password: password},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func mustExec(t *testing.T, conn driver.Conn, query string) {
	t.Helper()
	if err := conn.Exec(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func scanString(t *testing.T, conn driver.Conn, query string) string {
	t.Helper()
	var s string
	if err := conn.QueryRow(t.Context(), query).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func TestClickHouseServesBothProtocolsAndKeepsData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder & <more>")
	c := startClickHouse(t, dir)
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	mustExec(t, conn, "CREATE DATABASE raw")
	mustExec(t, conn, "CREATE TABLE raw.t (x UInt64) ENGINE = MergeTree ORDER BY x")
	mustExec(t, conn, "INSERT INTO raw.t SELECT number FROM numbers(1000)")

	if status := getHTTP(t, c, c.User(), c.Password(), "SELECT 1"); status != http.StatusOK {
		t.Errorf("HTTP answered %d", status)
	}
	_ = conn.Close() // the server waits for clients
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-c.Done()

	again := startClickHouse(t, dir)
	conn = connect(t, again.NativeAddr(), again.User(), again.Password())
	if got := scanString(t, conn, "SELECT toString(sum(x)) FROM raw.t"); got != "499500" {
		t.Errorf("sum after a restart is %s, want 499500", got)
	}
}

func TestClickHouseLetsNobodyInWithoutPassword(t *testing.T) {
	c := startClickHouse(t, t.TempDir())
	queries := []string{
		"SELECT 1", "SELECT 1 SETTINGS max_concurrent_queries_for_user = 0", "KILL QUERY WHERE 1 SYNC", "SELECT * FROM system.processes",
		"SELECT * FROM file('" + filepath.Join(c.home, "users.xml") + "', LineAsString, 'x String')", "SYSTEM STOP LISTEN TCP",
	}
	for _, login := range [][2]string{{"default", ""}, {c.User(), ""}, {c.User(), "guess"}} {
		conn := connect(t, c.NativeAddr(), login[0], login[1])
		for _, query := range queries {
			if err := conn.Exec(t.Context(), query); err == nil {
				t.Errorf("user %q without the password may %s", login[0], query)
			}
			if status := getHTTP(t, c, login[0], login[1], query); status == http.StatusOK {
				t.Errorf("user %q without the password may, over HTTP, %s", login[0], query)
			}
		}
	}
	mustExec(t, connect(t, c.NativeAddr(), c.User(), c.Password()), "SELECT 1")
	for name, want := range map[string]os.FileMode{"users.xml": 0o600, "config.xml": 0o600, ".": 0o700} {
		info, err := os.Stat(filepath.Join(c.home, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %s, want %s", name, info.Mode().Perm(), want)
		}
	}
}

func TestClickHouseSettings(t *testing.T) {
	c := startClickHouse(t, t.TempDir())
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	for query, want := range map[string]string{
		"SELECT timezone()": "UTC",
		"SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'":                     strconv.Itoa(1 << 30),
		"SELECT value FROM system.settings WHERE name = 'async_insert'":                                       "0",
		"SELECT value FROM system.settings WHERE name = 'max_bytes_before_external_group_by'":                 strconv.Itoa(1 << 28),
		"SELECT value FROM system.server_settings WHERE name = 'background_pool_size'":                        "2",
		"SELECT arrayStringConcat(arraySort(groupArray(name)), ',') FROM system.users":                        "default,doorstroom,doorstroom_reader",
		"SELECT toString(countIf(path LIKE '" + c.home + "/store/%')) FROM system.disks WHERE name='default'": "1",
	} {
		if got := scanString(t, conn, query); got != want {
			t.Errorf("%s gives %s, want %s", query, got, want)
		}
	}
}

// TestOldLogsGo once the server that wrote them is gone, not when the next one is prepared.
func TestOldLogsGo(t *testing.T) {
	o := testOptions(t, t.TempDir())
	logs := filepath.Join(o.Dir, "clickhouse", "store", "data", "system")
	if err := os.MkdirAll(logs, 0o700); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(logs, "old")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newClickHouse(o); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err != nil {
		t.Errorf("logs of a server that may still run are taken away: %v", err)
	}
	startClickHouse(t, o.Dir)
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the log of an earlier server is left: %v", err)
	}
}

func TestClickHouseSurvivesItsKill(t *testing.T) {
	dir := t.TempDir()
	c := startClickHouse(t, dir)
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	mustExec(t, conn, "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x")
	mustExec(t, conn, "INSERT INTO t SELECT number FROM numbers(1000)")
	if err := syscall.Kill(c.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-c.Done()
	if err := c.Err(); err == nil || !strings.Contains(err.Error(), "clickhouse.log") {
		t.Errorf("the end of the server is told as %v, want an error that names its log", err)
	}
	again := startClickHouse(t, dir)
	conn = connect(t, again.NativeAddr(), again.User(), again.Password())
	if got := scanString(t, conn, "SELECT toString(count()) FROM t"); got != "1000" {
		t.Errorf("%s rows after kill -9, want 1000", got)
	}
}

func TestClickHouseEndsWithItsKilledParent(t *testing.T) {
	dir := t.TempDir()
	parent, words := startVictim(t, "clickhouse", dir)
	pid, err := strconv.Atoi(words[2])
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, words[0], clickHouseUser, words[1])
	mustExec(t, conn, "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x")
	mustExec(t, conn, "INSERT INTO t VALUES (7)")
	_ = conn.Close()
	killHard(t, parent)

	// The next command starts at once, while the orphan may still be stopping.
	again := startClickHouse(t, dir)
	conn = connect(t, again.NativeAddr(), again.User(), again.Password())
	if got := scanString(t, conn, "SELECT toString(sum(x)) FROM t"); got != "7" {
		t.Errorf("the row is %s, want 7", got)
	}
	// The new server could only have the data once the old one had let it go, with the end of its process.
	if command, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline")); err == nil && len(command) > 0 {
		t.Errorf("process %d outlived its parent", pid)
	}
}

func TestClickHouseErrorsSayWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	notALibrary := filepath.Join(t.TempDir(), "libchdb.so")
	notAFolder := filepath.Join(t.TempDir(), "file")
	for _, path := range []string{notALibrary, notAFolder} {
		if err := os.WriteFile(path, []byte("no"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		change func(o *Options)
		want   string
	}{
		"no library":        {func(o *Options) { o.LibPath = "" }, "make tools"},
		"library gone":      {func(o *Options) { o.LibPath = "/nowhere/libchdb.so" }, "DOORSTROOM_LIBCHDB"},
		"not a library":     {func(o *Options) { o.LibPath = notALibrary }, "loading libchdb"},
		"port taken":        {func(o *Options) { o.HTTPPort = taken.Addr().(*net.TCPAddr).Port }, "choose another port"},
		"folder unwritable": {func(o *Options) { o.Dir = notAFolder }, "--data"},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions(t, t.TempDir())
			test.change(&o)
			c, err := StartClickHouse(t.Context(), o)
			if err == nil {
				_ = c.Stop(t.Context())
				t.Fatal("it started")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error does not say %q: %v", test.want, err)
			}
		})
	}
	if _, err := StartClickHouse(t.Context(), Options{Dir: t.TempDir(), Log: testLog(t)}); !errors.Is(err, ErrNoLibrary) {
		t.Errorf("without a library the error is %v, want ErrNoLibrary", err)
	}
}

func TestClickHouseLogsHoldNoPseudonyms(t *testing.T) {
	const pseudonym = "abcdefghijklmnopqrstuvwxya" // synthetic
	c := startClickHouse(t, t.TempDir())
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	mustExec(t, conn, "SELECT '"+pseudonym+"'")
	for _, query := range []string{"SELECT '" + pseudonym + "' + 1", "SELECT toUInt8(materialize('" + pseudonym + "'))", "SELEKT " + pseudonym} {
		if err := conn.Exec(t.Context(), query); err == nil {
			t.Error("a wrong query went through")
		}
		if status := getHTTP(t, c, c.User(), c.Password(), query); status == http.StatusOK {
			t.Error("a wrong query went through over HTTP")
		}
	}
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{c.logPath(), c.consolePath()} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), pseudonym) {
			t.Errorf("%s holds a pseudonym: %s", filepath.Base(path), content)
		}
	}
}

// getHTTP asks query over HTTP and returns the status.
func getHTTP(t *testing.T, c *ClickHouse, user, password, query string) int {
	t.Helper()
	address := "http://" + c.HTTPAddr() + "/?query=" + url.QueryEscape(query)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(user, password)
	request.Close = true // the server ends the connection after a failed login
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}
