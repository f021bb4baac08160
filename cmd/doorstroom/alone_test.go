package main

import (
	"context"
	"testing"

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

// TestARunWaitsForAnother on the same servers, from another data folder, does nothing while that goes on, and gives the
// warehouse back after its own turn.
func TestARunWaitsForAnother(t *testing.T) {
	t.Parallel()
	db, servers := clickHouseServer(t)
	lease, _, err := run.Take(t.Context(), db, "doorstroom run on another machine")
	if err != nil {
		t.Fatal(err)
	}
	u, landing := newUser(t).with(servers...), smallLanding(t)
	u.run("run", "--landing", landing, "--only", "load").exits(exitEnvironment).says("another run is at work", "doorstroom run on another machine, since 20")
	var runs uint64
	if err := db.QueryRow(t.Context(), "SELECT count() FROM ops.run").Scan(&runs); err != nil || runs != 0 {
		t.Errorf("%d runs began beside another, %v", runs, err)
	}
	lease.Release()
	u.run("run", "--landing", landing, "--only", "load").exits(exitDone)
	next, _, err := run.Take(t.Context(), db, "the next")
	if err != nil {
		t.Fatal(err)
	}
	next.Release()
}
