package warehouse

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

func start(t *testing.T) Config {
	t.Helper()
	server := clickhousetest.Start(t)
	return Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()}
}

func open(t *testing.T, c Config) *DB {
	t.Helper()
	db, err := Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

func TestMigrateOnceAndAgain(t *testing.T) {
	c := start(t)
	db := open(t, c)
	first, err := db.Migrate(t.Context())
	must(t, err)
	if first < 2 {
		t.Errorf("%d migrations were applied", first)
	}
	for _, again := range []*DB{db, open(t, c)} {
		n, err := again.Migrate(t.Context())
		must(t, err)
		if n != 0 {
			t.Errorf("%d migrations were applied again", n)
		}
	}
	var tables uint64
	must(t, db.QueryRow(t.Context(), "SELECT count() FROM system.tables WHERE database = 'raw' AND name != 'digest_key'").Scan(&tables))
	if int(tables) != len(schemas.Records) {
		t.Errorf("raw has %d tables, want one per record: %d", tables, len(schemas.Records))
	}
}

// TestMigrateGoesOnAfterACrash repeats every migration, as after a crash between its last statement and the note of it.
func TestMigrateGoesOnAfterACrash(t *testing.T) {
	db := open(t, start(t))
	first, err := db.Migrate(t.Context())
	must(t, err)
	must(t, db.Exec(t.Context(), "ALTER TABLE ops.schema_version DELETE WHERE version_id > 0 SETTINGS mutations_sync = 2"))
	if again, err := db.Migrate(t.Context()); err != nil || again != first {
		t.Errorf("applied %d of %d again, %v", again, first, err)
	}
}

func TestBulkInsertAndSelect(t *testing.T) {
	db := open(t, start(t))
	must(t, db.Exec(t.Context(), "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x"))
	client, err := db.Bulk(t.Context())
	must(t, err)
	defer client.Close()
	var x proto.ColUInt64
	x.AppendArr([]uint64{1, 2, 39})
	must(t, client.Do(t.Context(), ch.Query{Body: "INSERT INTO t (x) VALUES", Input: proto.Input{{Name: "x", Data: x}}}))
	var sum uint64
	must(t, db.QueryRow(t.Context(), "SELECT sum(x) FROM t").Scan(&sum))
	if sum != 42 {
		t.Errorf("sum is %d, want 42", sum)
	}
}

// TestBulkInsertCanBeCancelled holds an insert open, as the loader does, and expects cancelling to end it.
func TestBulkInsertCanBeCancelled(t *testing.T) {
	db := open(t, start(t))
	must(t, db.Exec(t.Context(), "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x"))
	client, err := db.Bulk(t.Context())
	must(t, err)
	defer client.Close()
	ctx, cancel := context.WithCancel(t.Context())
	x := proto.ColUInt64{1}
	err = client.Do(ctx, ch.Query{Body: "INSERT INTO t (x) VALUES", Input: proto.Input{{Name: "x", Data: x}},
		OnInput: func(ctx context.Context) error {
			cancel()
			<-ctx.Done()
			return ctx.Err()
		}})
	if !errors.Is(err, context.Canceled) || !client.IsClosed() {
		t.Errorf("the insert ended with %v", err)
	}
}

func TestOpenSaysWhatToDo(t *testing.T) {
	c := start(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	nobody := free.Addr().String()
	must(t, free.Close())
	for _, test := range []struct {
		config Config
		is     error
		says   string
	}{
		{Config{Addr: nobody, User: c.User, Password: c.Password}, ErrUnreachable, "DOORSTROOM_CLICKHOUSE_ADDR"},
		{Config{Addr: c.Addr, User: c.User, Password: "guess"}, ErrLogin, "DOORSTROOM_CLICKHOUSE_PASSWORD"},
		{Config{Addr: c.Addr, User: "nobody", Password: "guess"}, ErrLogin, "DOORSTROOM_CLICKHOUSE_USER"},
		{Config{Addr: c.Addr, User: c.User, Password: c.Password, Database: "none"}, ErrLogin, "no database \"none\""},
	} {
		_, err := Open(t.Context(), test.config)
		if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "guess") {
			t.Errorf("opening as %q at %s: %v", test.config.User, test.config.Addr, err)
		}
	}
}

var must = clickhousetest.Must
