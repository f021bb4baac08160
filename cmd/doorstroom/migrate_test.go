package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
)

// reader has what the commands that only read need, and no more.
var reader = clickhousetest.User{Name: "reader", Password: "x", Profile: map[string]string{"readonly": "2"}, Grants: []string{
	"GRANT SELECT ON ops.*", "GRANT SELECT ON raw.*", "GRANT SELECT ON facts.*", "GRANT SELECT ON facts_store.*", "GRANT SELECT ON marts.*",
	"GRANT SELECT ON latest.*", "GRANT SELECT ON as_of.*",
	"GRANT SELECT ON publication.*", "GRANT SELECT ON publication_store.*"}}

// TestOnlyRunServeAndMigrateMigrate has commands meet a server without tables, with older ones, and with newer ones.
func TestOnlyRunServeAndMigrateMigrate(t *testing.T) {
	t.Parallel()
	server := clickhousetest.Start(t, reader, clickhousetest.User{Name: "owner", Password: "x"})
	owner, reads := newUser(t).as(server, "owner"), newUser(t).as(server, "reader")
	tables := func(want string) {
		t.Helper()
		var n uint64
		if err := server.Admin.QueryRow(t.Context(), "SELECT count() FROM system.databases WHERE name IN ('ops', 'raw', 'facts')").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(n); got != want {
			t.Fatalf("there are %s databases, want %s", got, want)
		}
	}
	for _, args := range [][]string{{"deliveries"}, {"editions"}, {"sql", "SELECT 1"}, {"release", "x", "--why", "y"}, {"retain"}} {
		owner.run(args...).exits(exit.CodeEnvironment).says("doorstroom migrate")
	}
	if out := owner.run("doctor").exits(0).out; !strings.Contains(out, "will be applied by 'doorstroom run'") {
		t.Errorf("doctor says\n%s", out)
	}
	tables("0")
	reads.run("migrate").exits(exit.CodeEnvironment).says("GRANT the user")
	owner.run("migrate").exits(0)
	tables("3")
	for _, args := range [][]string{{"deliveries"}, {"editions"}, {"sql", "SELECT count() FROM ops.delivery"}} {
		reads.run(args...).exits(0)
	}
	if out := reads.run("doctor").exits(0).out; !strings.Contains(out, "also need: GRANT INSERT") {
		t.Errorf("doctor tells a reader\n%s", out)
	}
	version := func(statement string) {
		t.Helper()
		if err := server.Admin.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	landing := t.TempDir()
	version("INSERT INTO ops.schema_version (version_id, is_applied) VALUES (999, 1)")
	for _, args := range [][]string{{"deliveries"}, {"migrate"}, {"run", "--landing", landing}, {"doctor"}} {
		e := owner.run(args...).exits(exit.CodeEnvironment)
		if !strings.Contains(e.out+e.err, "newer version of doorstroom (migration 999") {
			t.Errorf("%s says\n%s%s", e.args, e.out, e.err)
		}
	}
	version("ALTER TABLE ops.schema_version DELETE WHERE version_id = 999 OR version_id = (SELECT max(version_id) FROM ops.schema_version WHERE version_id < 999) SETTINGS mutations_sync = 2")
	reads.run("deliveries").exits(exit.CodeEnvironment).says("older version", "doorstroom migrate")
	owner.run("migrate").exits(0)
	reads.run("deliveries").exits(0)
	reads.run("release", "x", "--why", "y").exits(exit.CodeEnvironment).says("GRANT the user")
}

// TestDoctorChangesNothing neither in a folder that is not there, nor on a server, nor in the tables of somebody else.
func TestDoctorChangesNothing(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.run("doctor").exits(0)
	if _, err := os.Stat(u.data); err == nil {
		t.Error("doctor made the data folder")
	}
	server := clickhousetest.Start(t, clickhousetest.User{Name: "owner", Password: "x"})
	for _, statement := range []string{"CREATE DATABASE raw", "CREATE TABLE raw.coa_stay (theirs UInt8) ENGINE = MergeTree ORDER BY theirs"} {
		if err := server.Admin.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	owner := u.as(server, "owner")
	owner.run("doctor").exits(0)
	if _, err := os.Stat(u.data); err == nil {
		t.Error("doctor made the data folder")
	}
	landing := filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "few", mode: "mutation", files: []dataFile{mutations(1, 3)}}.write(t, landing)
	owner.run("run", "--landing", landing, "--only", "load").exits(exit.CodeEnvironment).says("raw.coa_stay", "record_id")
	if out := owner.run("doctor").exits(exit.CodeEnvironment).out; !strings.Contains(out, "raw.coa_stay") {
		t.Errorf("doctor does not name the foreign table:\n%s", out)
	}
}

// TestRunWaitsForItsServer starts ClickHouse only when a run was seen to try again; who only reads does not wait.
func TestRunWaitsForItsServer(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	tools, err := embedded.FindTools(newUser(t).app(nil).Settings.LibCHDB, "")
	if err != nil {
		t.Fatal(err)
	}
	options := embedded.Options{Dir: t.TempDir(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30, Log: zap.NewNop(), NativePort: port}
	start := func() *embedded.ClickHouse {
		server, err := embedded.StartClickHouse(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		return server
	}
	clickhousetest.WriteUsers(t, options.Dir, clickhousetest.User{Name: "waits", Password: "x"}) // the server's own password is new with every start
	first := start()
	u := newUser(t).with(fmt.Sprintf("DOORSTROOM_CLICKHOUSE_ADDR=127.0.0.1:%d", port),
		"DOORSTROOM_CLICKHOUSE_USER=waits", "DOORSTROOM_CLICKHOUSE_PASSWORD=x")
	if err := first.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := u.run("deliveries").exits(exit.CodeEnvironment); strings.Contains(e.err, "tried again") {
		t.Errorf("who reads waits:\n%s", e.err)
	}
	cmd := u.command("run", "--landing", t.TempDir(), "--only", "load")
	said := filepath.Join(t.TempDir(), "said")
	log, err := os.Create(said)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the run says that it tries again", func() bool {
		text, err := os.ReadFile(said)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), "tried again")
	})
	second := start()
	defer func() { _ = second.Stop(context.Background()) }()
	if err := cmd.Wait(); err != nil {
		text, _ := os.ReadFile(said)
		t.Errorf("the run did not go on: %v\n%s", err, text)
	}
}
