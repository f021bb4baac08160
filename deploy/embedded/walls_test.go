package embedded

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// TestStrangersGetInNowhere tries logins that are unknown, empty, wrong, of an earlier start and none, on every port.
func TestStrangersGetInNowhere(t *testing.T) {
	o := testOptions(t, t.TempDir())
	first := startClickHouse(t, o.Dir)
	oldPassword := first.Password()
	oldReader, oldReaderPassword := first.Reader()
	if err := first.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := startClickHouse(t, o.Dir)
	reader, _ := c.Reader()
	for _, login := range [][2]string{
		{"", ""}, {"default", ""}, {"default", "default"}, {"unknown", ""}, {"unknown", "guess"}, {"admin", "admin"},
		{c.User(), ""}, {c.User(), "guess"}, {c.User(), oldPassword}, {reader, ""}, {reader, c.Password()}, {oldReader, oldReaderPassword},
	} {
		conn := connect(t, c.NativeAddr(), login[0], login[1])
		if err := conn.Exec(t.Context(), "SELECT 1"); err == nil {
			t.Errorf("user %q is let in", login[0])
		}
		if status := getHTTP(t, c, login[0], login[1], "SELECT 1"); status == http.StatusOK {
			t.Errorf("user %q is let in over HTTP", login[0])
		}
	}
	for user, password := range map[string]string{c.User(): c.Password(), reader: c.readerPassword} {
		mustExec(t, connect(t, c.NativeAddr(), user, password), "SELECT 1")
		if status := getHTTP(t, c, user, password, "SELECT 1"); status != http.StatusOK {
			t.Errorf("%s is answered with %d", user, status)
		}
	}
}

// TestNoPageWithoutLogin asks for what ClickHouse's HTTP interface shows to anybody unless it is told not to.
func TestNoPageWithoutLogin(t *testing.T) {
	c := startClickHouse(t, t.TempDir())
	for _, path := range []string{
		"/", "/?query=SELECT+1", "/ping", "/play", "/dashboard", "/binary", "/merges", "/jemalloc", "/js/uplot.js", "/replicas_status", "/metrics",
		"/prometheus", "/webterminal", "/mcp", "/static", "/clickhouse", "/api/v1/query", "/nowhere",
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodHead, http.MethodOptions, http.MethodDelete} {
			request, err := http.NewRequestWithContext(t.Context(), method, "http://"+c.HTTPAddr()+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Close = true
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode < 400 {
				t.Errorf("%s %s without a login is answered with %s", method, path, response.Status)
			}
		}
	}
}

// TestOnlyClickHouseHasPorts: two of them on the loopback address, and the log and the registry none.
func TestOnlyClickHouseHasPorts(t *testing.T) {
	o := testOptions(t, t.TempDir())
	before := listeners(t)
	startKafka(t, o)
	startRegistry(t, o.Dir)
	c := startClickHouse(t, o.Dir)
	if after := listeners(t); after != before {
		t.Errorf("this process listens on %d sockets, and on %d before there were a log and a registry", after, before)
	}
	log, err := os.ReadFile(c.logPath())
	if err != nil {
		t.Fatal(err)
	}
	ports := regexp.MustCompile(`Listening for [^\n]*`).FindAllString(string(log), -1)
	if len(ports) != 2 || !strings.HasSuffix(ports[0], c.HTTPAddr()) || !strings.HasSuffix(ports[1], c.NativeAddr()) {
		t.Errorf("the server listens on %q, want %s and %s alone", ports, c.HTTPAddr(), c.NativeAddr())
	}
}

// listeners counts the sockets on which this process listens.
func listeners(t *testing.T) (n int) {
	t.Helper()
	const listen = "0A" // the state in the kernel's lists
	ours := map[string]bool{}
	files, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if target, err := os.Readlink(file); err == nil { // the list itself is closed by now
			ours[target] = true
		}
	}
	for _, list := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		content, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			if f := strings.Fields(line); len(f) > 9 && f[3] == listen && ours["socket:["+f[9]+"]"] {
				n++
			}
		}
	}
	content, err := os.ReadFile("/proc/self/net/unix")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		const accepts = "00010000" // the flag of a socket that listens
		if f := strings.Fields(line); len(f) > 6 && f[3] == accepts && ours["socket:["+f[6]+"]"] {
			n++
		}
	}
	return n
}

// TestNothingOfAFailedQueryIsKept: what a query was about stands neither in system.errors nor in a file.
func TestNothingOfAFailedQueryIsKept(t *testing.T) {
	const value = "sentinelofaperson"
	dir := t.TempDir()
	c := startClickHouse(t, dir)
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	mustExec(t, conn, "CREATE DATABASE raw")
	for _, query := range []string{
		"SELECT toUInt8('" + value + "')", "SELECT throwIf(1, '" + value + "')", "SELEC " + value, "SELECT " + value,
		"INSERT INTO raw." + value + " VALUES ('" + value + "')", "CREATE TABLE raw.t (x Enum('" + value + "')) ENGINE = Memory AS SELECT 'b'",
	} {
		if err := conn.Exec(t.Context(), query); err == nil {
			t.Errorf("%s went through", query)
		}
		getHTTP(t, c, c.User(), c.Password(), query)
	}
	if got := scanString(t, conn, "SELECT toString(sum(value) > 0) FROM system.errors"); got != "1" {
		t.Error("the failures are not counted: this test looks at the wrong place")
	}
	for _, table := range systemTables(t, conn) {
		status, body := postHTTP(t, c, c.User(), c.Password(), "SELECT * FROM system."+table)
		if strings.Contains(body, value) {
			t.Errorf("system.%s holds a value of a failed query", table)
		}
		if status != http.StatusOK && table != "errors" {
			t.Errorf("system.%s cannot be read: %s", table, body)
		}
	}
	if err := conn.Exec(t.Context(), "SELECT last_error_message FROM system.errors"); err == nil {
		t.Error("the program may read what queries failed on")
	}
	if err := conn.Exec(t.Context(), "GRANT SELECT ON system.errors TO "+c.User()); err == nil {
		t.Error("the program may give itself the right to read what queries failed on")
	}
	_ = conn.Close()
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if holdsText(t, dir, value) {
		t.Error("a file of the data folder holds a value of a failed query")
	}
}

// systemTables are those of the system's that may tell of what was asked.
func systemTables(t *testing.T, conn driver.Conn) (names []string) {
	t.Helper()
	rows, err := conn.Query(t.Context(), "SELECT name FROM system.tables WHERE database = 'system' AND match(name, 'log|process|quer|error|warning|insert|mutation|backup|session|cache')")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// postHTTP asks query over HTTP as the program does for people and returns the answer.
func postHTTP(t *testing.T, c *ClickHouse, user, password, query string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+c.HTTPAddr()+"/?readonly=1", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(user, password)
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}
