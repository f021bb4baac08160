package main

import (
	"bytes"
	"context"
	"testing"
	"time"

	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/run"
	"doorstroom/pipelines/warehouse"
)

// clickHouseServer starts a ClickHouse that no data folder of a user belongs to, and gives the settings that name it.
func clickHouseServer(t *testing.T) (*warehouse.DB, []string) {
	t.Helper()
	tools, err := embedded.FindTools("", "")
	if err != nil {
		t.Fatal(err)
	}
	server, err := embedded.StartClickHouse(t.Context(), embedded.Options{Dir: t.TempDir(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30, Log: zaptest.NewLogger(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db, []string{"DOORSTROOM_CLICKHOUSE_ADDR=" + server.NativeAddr(), "DOORSTROOM_CLICKHOUSE_HTTP=" + server.HTTPAddr(),
		"DOORSTROOM_CLICKHOUSE_USER=" + server.User(), "DOORSTROOM_CLICKHOUSE_PASSWORD=" + server.Password()}
}

// TestARunWaitsForAnother on the same servers, from another data folder, and gives the warehouse back.
func TestARunWaitsForAnother(t *testing.T) {
	db, servers := clickHouseServer(t)
	lease, _, err := run.Take(t.Context(), db, "doorstroom run on another machine")
	if err != nil {
		t.Fatal(err)
	}
	u := newUser(t).with(servers...)
	cmd := u.command("run", "--landing", smallLanding(t), "--only", "load")
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for asked := uint64(0); asked < 2; time.Sleep(10 * time.Millisecond) {
		if err := db.QueryRow(t.Context(), "SELECT uniqExact(holder) FROM ops.lease").Scan(&asked); err != nil {
			t.Fatal(err)
		}
	}
	var runs uint64
	if err := db.QueryRow(t.Context(), "SELECT count() FROM ops.run").Scan(&runs); err != nil || runs != 0 {
		t.Errorf("%d runs began beside another, %v", runs, err)
	}
	lease.Release()
	_ = cmd.Wait() // how it ended is seen below
	u.ended(cmd, &out, &errOut).exits(0)
	next, _, err := run.Take(t.Context(), db, "the next")
	if err != nil {
		t.Fatal(err)
	}
	next.Release()
}
