package embedded

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReaderReadsWhatItMay asks ordinary questions.
func TestReaderReadsWhatItMay(t *testing.T) {
	c := startReader(t)
	user, password := c.Reader()
	for _, query := range []string{
		"SELECT x, row_number() OVER (ORDER BY n) FROM raw.t",
		"SELECT a.x, b.n FROM raw.t a LEFT JOIN raw.t b USING (x) ORDER BY ALL",
		"WITH q AS (SELECT x FROM facts.v) SELECT count() FROM q",
		"SELECT uniqExact(x), quantile(0.5)(n) FROM raw.t GROUP BY n HAVING n > 0",
		"SELECT arrayMap(y -> y + 1, [1, 2]), tuple(1, 'a'), dictionary FROM (SELECT 1 AS dictionary)",
		"SELECT file FROM (SELECT 'a name' AS file)",
		"SELECT * FROM raw.t FORMAT JSONEachRow",
		"SELECT number FROM numbers(3)", "SELECT * FROM values('a UInt8', 1, 2)", "SELECT * FROM generateSeries(1, 3)",
		"SHOW DATABASES", "SHOW TABLES FROM raw", "DESCRIBE raw.t", "SHOW CREATE TABLE raw.t", "SHOW COLUMNS FROM raw.t", "EXISTS TABLE raw.t",
		"SELECT database, name, total_rows FROM system.tables", "SELECT name, type FROM system.columns WHERE table = 't'",
		"SELECT table_name FROM information_schema.tables", "SELECT column_name FROM INFORMATION_SCHEMA.COLUMNS",
		"EXPLAIN SELECT 1", "SELECT version(), now(), timezone()",
	} {
		if status, body := postHTTP(t, c, user, password, query); status != http.StatusOK {
			t.Errorf("%s: %s", query, body)
		}
	}
}

// TestReaderDoesNothingElse tries to read elsewhere, to write, to change, and to learn of others and of the machine.
func TestReaderDoesNothingElse(t *testing.T) {
	c := startReader(t)
	user, password := c.Reader()
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("secretinafile\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	attempts, err := os.ReadFile("testdata/attempts.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out.csv")
	n := 0
	for query := range strings.Lines(string(attempts)) {
		query = strings.NewReplacer("{secret}", secret, "{out}", out, "{http}", c.HTTPAddr(), "{native}", c.NativeAddr()).Replace(strings.TrimSpace(query))
		if query == "" || strings.HasPrefix(query, "--") {
			continue
		}
		n++
		status, body := postHTTP(t, c, user, password, query)
		if status == http.StatusOK {
			t.Errorf("%s is answered: %.100s", query, body)
		}
		if strings.Contains(body, "secretinafile") {
			t.Errorf("%s shows a file", query)
		}
	}
	if n < 150 {
		t.Errorf("only %d attempts were made", n)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a file was written: %v", err)
	}
	if rows := scanString(t, connect(t, c.NativeAddr(), c.User(), c.Password()), "SELECT toString(count()) FROM raw.t"); rows != "2" {
		t.Errorf("the table has %s rows, want 2", rows)
	}
}

// startReader starts a server with a table and a view.
func startReader(t *testing.T) *ClickHouse {
	t.Helper()
	c := startClickHouse(t, t.TempDir())
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	for _, query := range []string{
		"CREATE DATABASE raw", "CREATE DATABASE facts", "CREATE DATABASE other",
		"CREATE TABLE raw.t (x String, n UInt8) ENGINE = MergeTree ORDER BY x", "CREATE TABLE raw.digest_key (k0 UInt64) ENGINE = MergeTree ORDER BY k0",
		"CREATE TABLE other.t (x String) ENGINE = MergeTree ORDER BY x",
		"INSERT INTO raw.t VALUES ('a', 1), ('b', 2)", "CREATE VIEW facts.v AS SELECT * FROM raw.t",
	} {
		mustExec(t, conn, query)
	}
	return c
}
