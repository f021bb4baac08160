package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sethvargo/go-envconfig"
	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
)

// TestWithdraw takes a delivery back: editions are built without it, one that
// was released stays, and the withdrawal can be taken back.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "kept", mode: "mutation", files: []dataFile{mutations(1, 3)}}.write(t, landing)
	landed{supplier: "coa", id: "wrong", mode: "mutation", files: []dataFile{mutations(100, 4)}}.write(t, landing)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	build := func(asOf, want string) {
		t.Helper()
		u.run("run", "--only", "facts", "--as-of", asOf).exits(0)
		if got := u.value("SELECT count() FROM facts.person WHERE edition = '" + asOf + "'"); got != want {
			t.Errorf("edition %s has %s persons, want %s", asOf, got, want)
		}
	}
	build("2026-03-31", "7")
	build("2026-06-30", "7")
	closeEdition(u, "2026-03-31")

	u.run("withdraw", "coa/wrong").exits(exit.CodeUsage).says("why")
	u.run("withdraw", "coa/wrong", "--why", " ").exits(exit.CodeUsage).says("why")
	u.run("withdraw", "nothing", "--why", "test").exits(exit.CodeFailed).says("nothing", "those that could be withdrawn are ", "coa/wrong")
	u.run("withdraw", "coa/wrong", "--who", "tester", "--why", "COA sent test data").exits(0)
	u.run("withdraw", "wrong", "--why", "again").exits(exit.CodeFailed).says("not accepted")
	wants := func(status, reason, accepted string) {
		t.Helper()
		d := u.deliveries()["coa/wrong"]
		if len(d) != 1 || d[0].status != status || d[0].reason != reason || d[0].accepted != accepted || d[0].rowsInFiles != "4" {
			t.Errorf("it is %+v, want %s %s with %s of 4 rows", d, status, reason, accepted)
		}
	}
	wants("refused", "withdrawn", "0")
	if got := u.value("SELECT concat(who, ' ', action, ' ', subject, ' ', why) FROM ops.operator_action"); got != "tester withdraw coa/wrong COA sent test data" {
		t.Errorf("noted was %s", got)
	}
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	wants("refused", "withdrawn", "0")
	build("2026-06-30", "3")
	build("2026-03-31", "7")

	u.run("release", "wrong", "--why", "it was right after all").exits(0)
	wants("accepted", "", "4")
	build("2026-06-30", "7")
}

// mutations is a file of good mutations.
func mutations(from, n int) dataFile {
	records := stays(kindGood, from, n)
	for i := range records {
		records[i]["mutatie"] = `"T"`
	}
	return dataFile{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(records), rows: n}
}

// inWarehouse works on the user's own engines, for what no command does.
func (u *user) inWarehouse(withKafka bool, f func(context.Context, *engines.Engines) error) {
	u.t.Helper()
	a := u.app(io.Discard)
	if err := a.With(u.t.Context(), engines.Needs{Kafka: withKafka}, f); err != nil {
		u.t.Fatal(err)
	}
}

// app is the program itself with the user's settings, for what no command does.
func (u *user) app(out io.Writer) *app.App {
	u.t.Helper()
	env := map[string]string{}
	for _, e := range u.env {
		name, value, _ := strings.Cut(e, "=")
		env[name] = value
	}
	s, err := settings.Read(u.t.Context(), envconfig.MapLookuper(env))
	if err != nil {
		u.t.Fatal(err)
	}
	s.Data = u.data
	return &app.App{Settings: s, Out: out, Err: io.Discard, Log: zap.NewNop()}
}

// closeEdition marks an edition as one whose numbers were released.
func closeEdition(u *user, edition string) {
	u.t.Helper()
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE (true AS closed, now64(6) AS written_at) FROM ops.edition FINAL WHERE edition = toDate(?)", edition)
	})
}
