package main

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// TestSQLStaysInTheWarehouse: no function leads elsewhere, however it is written, and none leaves a file behind, for
// which ClickHouse would not start again.
func TestSQLStaysInTheWarehouse(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.run("migrate").exits(0)
	planted := filepath.Join(u.data, "clickhouse", "store", "metadata", "planted.sql")
	before := len(filesBelow(t, u.data))
	for _, query := range []string{
		"SELECT * FROM sqlite('" + planted + "', 't')",
		"SELECT * FROM `SQLite`('" + planted + "', 't')",
		"SELECT file('/proc/self/environ')",
		"SELECT \"file\"('" + filepath.Join(u.data, "clickhouse", "users.xml") + "')",
		"SELECT 1 WHERE 1 IN (SELECT length(/* here */ file ('/etc/hostname')))",
		"WITH (SELECT file('/etc/hostname')) AS x SELECT x",
		"DESCRIBE TABLE file('/etc/hostname', 'LineAsString')",
		"EXPLAIN SELECT file('/etc/hostname')",
		"SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
		"SELECT * FROM view(SELECT * FROM remote('127.0.0.1:1', 'system.one'))",
		"SELECT catboostEvaluate('/etc/hostname', 1)",
		"SELECT * FROM icebergLocal('/tmp')",
		"SELECT * FROM deltaLakeLocal('/tmp')",
		"SELECT * FROM executable('id', 'LineAsString', 'x String')",
		"SELECT arrayMap(file, ['/etc/hostname'])",
		"SELECT arrayMap(`file`, ['/etc/hostname'])",
	} {
		u.run("sql", query).exits(2).says("asks the warehouse only")
	}
	for _, query := range []string{"SELECT * APPLY file FROM (SELECT '/etc/hostname' AS x)", "SELECT COLUMNS('x') APPLY (x -> file(x)) FROM (SELECT '/etc/hostname' AS x)"} {
		u.run("sql", query).exits(2).says("write them out")
	}
	if after := len(filesBelow(t, u.data)); after > before+1 { // the engine's log may turn over
		t.Errorf("there are %d files in the data folder, before there were %d", after, before)
	}
	for _, query := range []string{
		"SELECT number FROM numbers(3) ORDER BY number DESC LIMIT 1 BY number FORMAT JSON",
		"SELECT count() OVER (PARTITION BY cohort) FROM facts.person",
		"SHOW TABLES FROM facts", "DESCRIBE TABLE facts.person", "EXISTS facts.person",
		"SELECT p.cohort FROM facts.person AS p INNER JOIN facts.milestone AS m USING (edition, person_id) -- with a remark",
		"SELECT arrayMap(x -> x + 1, [1, 2]), 'file(1)', 1 AS file", "SELECT file, count() FROM ops.quarantine GROUP BY file",
	} {
		u.run("sql", query).exits(0)
	}
	u.run("sql", "SELECT FROM WHERE").exits(1).says("Syntax error")
}

func filesBelow(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(filepath.Dir(path)) == "metadata" {
			paths = append(paths, path)
		}
		return nil // what is gone by now
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
