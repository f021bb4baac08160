// Package enginetest is the harness of tests that need engines: a warehouse with every table and no rows, and where it is
// asked for a Kafka with every topic and a schema registry beside it. All of them are the embedded ones, on loopback, in a
// folder of the test, and end with it. The TestMain of such tests is
//
//	func TestMain(m *testing.M) { enginetest.Main(m) }
package enginetest

import (
	"os"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// Main lets the test binary be the ClickHouse process that its tests start.
func Main(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}

// Must ends a test that cannot go on.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Warehouse is a ClickHouse with every table.
func Warehouse(t *testing.T) *warehouse.DB {
	t.Helper()
	return open(t, clickhousetest.Start(t).ClickHouse, true)
}

// open connects to a server, and makes its tables if that is wanted.
func open(t *testing.T, server *embedded.ClickHouse, tables bool) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	Must(t, err)
	t.Cleanup(func() { Must(t, db.Close()) })
	if tables {
		_, err = db.Migrate(t.Context())
		Must(t, err)
	}
	return db
}
