package main

import (
	"context"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/warehouse"
)

// onServer is the same user with a ClickHouse that outlives the commands of a test, and a connection to it.
func (u *user) onServer() (*user, *warehouse.DB) {
	u.t.Helper()
	tools, err := embedded.FindTools(u.app(nil).Settings.LibCHDB, "")
	if err != nil {
		u.t.Fatal(err)
	}
	server, err := embedded.StartClickHouse(u.t.Context(), embedded.Options{Dir: u.t.TempDir(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30, Log: zap.NewNop()})
	if err != nil {
		u.t.Fatal(err)
	}
	u.t.Cleanup(func() { _ = server.Stop(context.Background()) })
	db, err := warehouse.Open(u.t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	if err != nil {
		u.t.Fatal(err)
	}
	u.t.Cleanup(func() { _ = db.Close() })
	return u.with("DOORSTROOM_CLICKHOUSE_ADDR="+server.NativeAddr(), "DOORSTROOM_CLICKHOUSE_HTTP="+server.HTTPAddr(),
		"DOORSTROOM_CLICKHOUSE_USER="+server.User(), "DOORSTROOM_CLICKHOUSE_PASSWORD="+server.Password()), db
}

// TestNothingIsChangedBesideARun on the same servers, from another data folder: not by another run and not by an
// operator. After it everybody has their turn, and gives the warehouse back.
func TestNothingIsChangedBesideARun(t *testing.T) {
	t.Parallel()
	u, db := newUser(t).onServer()
	landing := filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "few", mode: "mutation", files: []dataFile{mutations(1, 3)}}.write(t, landing)
	u.loads(landing)
	lease, _, err := job.Take(t.Context(), db, "doorstroom run on another machine")
	if err != nil {
		t.Fatal(err)
	}
	commands := [][]string{
		{"withdraw", "coa/few", "--why", "test"}, {"release", "coa/few", "--why", "test"},
		{"run", "--landing", landing, "--only", "load"}, {"erase", "--finish", "--landing", landing}, {"retain"},
	}
	var waiting []func() ended
	for _, args := range commands { // at once: each waits as long as the hold of a run that died might last
		other := u.with()
		other.data = filepath.Join(t.TempDir(), "data")
		waiting = append(waiting, other.start(other.command(args...)))
	}
	for _, ends := range waiting {
		ends().exits(exit.CodeEnvironment).says("another run is at work", "doorstroom run on another machine, since 20")
	}
	var runs, actions uint64
	if err := db.QueryRow(t.Context(), "SELECT (SELECT count() FROM ops.run FINAL), (SELECT count() FROM ops.operator_action)").Scan(&runs, &actions); err != nil || runs != 1 || actions != 0 {
		t.Errorf("beside another %d runs began and %d actions were noted, %v", runs-1, actions, err)
	}
	lease.Release()
	for _, args := range commands {
		u.run(args...).exits(exit.CodeDone)
	}
	next, _, err := job.Take(t.Context(), db, "the next")
	if err != nil {
		t.Fatal(err)
	}
	next.Release()
}
