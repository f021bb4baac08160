package embedded

import (
	"os"
	"path/filepath"
	"testing"
)

// TestClickHouseStartsAfterAFullDisk leaves definitions of a work table and of a view empty, as a disk without room did in
// deploy/dev/faults. The tables beside them stay, and they can be made again.
func TestClickHouseStartsAfterAFullDisk(t *testing.T) {
	dir := t.TempDir()
	c := startClickHouse(t, dir)
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	mustExec(t, conn, "CREATE DATABASE work")
	mustExec(t, conn, "CREATE TABLE work.b17_link (x UInt64) ENGINE = MergeTree ORDER BY x")
	mustExec(t, conn, "INSERT INTO work.b17_link VALUES (42)")
	path := scanString(t, conn, "SELECT metadata_path FROM system.tables WHERE name = 'b17_link'")
	_ = conn.Close()
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.home, "store", path)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b18_link.sql", "contradiction.sql"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := startClickHouse(t, dir)
	conn = connect(t, again.NativeAddr(), again.User(), again.Password())
	if got := scanString(t, conn, "SELECT toString(sum(x)) FROM work.b17_link"); got != "42" {
		t.Errorf("the table beside it holds %s, want 42", got)
	}
	mustExec(t, conn, "CREATE OR REPLACE VIEW work.contradiction AS SELECT 1 AS x")
}

// TestClickHouseStartsWithEmptyDatabases leaves definitions of databases empty: of one that holds rows, of one whose making
// got as far as its folder, and of one that got no further than the file.
func TestClickHouseStartsWithEmptyDatabases(t *testing.T) {
	dir := t.TempDir()
	c := startClickHouse(t, dir)
	conn := connect(t, c.NativeAddr(), c.User(), c.Password())
	for _, statement := range []string{"CREATE DATABASE marts", "CREATE TABLE marts.flow (x UInt64) ENGINE = MergeTree ORDER BY x",
		"INSERT INTO marts.flow VALUES (42)", "CREATE DATABASE `a-b`"} {
		mustExec(t, conn, statement)
	}
	_ = conn.Close()
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	metadata := filepath.Join(c.home, "store", "metadata")
	for name, made := range map[string]bool{"marts.sql": true, "a%2Db.sql": true, "default.sql": false, "work.sql": false} {
		_, err := os.Stat(filepath.Join(metadata, name))
		if there := err == nil; there != made {
			t.Errorf("%s is there: %t", name, there)
		}
		if err := os.WriteFile(filepath.Join(metadata, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := startClickHouse(t, dir)
	conn = connect(t, again.NativeAddr(), again.User(), again.Password())
	if got := scanString(t, conn, "SELECT toString(sum(x)) FROM marts.flow"); got != "42" {
		t.Errorf("the table of a database without a definition holds %s, want 42", got)
	}
	for _, name := range []string{"marts", "`a-b`", "work", "default"} {
		mustExec(t, conn, "CREATE DATABASE IF NOT EXISTS "+name)
		mustExec(t, conn, "CREATE TABLE "+name+".later (x UInt64) ENGINE = MergeTree ORDER BY x")
	}
}
