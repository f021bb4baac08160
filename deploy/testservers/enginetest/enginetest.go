// Package enginetest is the harness of tests that need engines: a warehouse with every table and no rows, and where it is
// asked for a Kafka with every topic and a schema registry beside it. All of them are the embedded ones, on loopback, in a
// folder of the test, and end with it. The TestMain of such tests is clickhousetest.Main.
package enginetest

import (
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// Warehouse is a ClickHouse with every table.
func Warehouse(t *testing.T) *warehouse.DB {
	t.Helper()
	return open(t, clickhousetest.Start(t).ClickHouse, true)
}

// open connects to a server, and makes its tables if that is wanted.
func open(t testing.TB, server *embedded.ClickHouse, tables bool) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	clickhousetest.Must(t, err)
	t.Cleanup(func() { clickhousetest.Must(t, db.Close()) })
	if tables {
		_, err = db.Migrate(t.Context())
		clickhousetest.Must(t, err)
	}
	return db
}
