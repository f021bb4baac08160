// Package warehousetest is a warehouse for tests: a ClickHouse of its own with every table and no rows.
package warehousetest

import (
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// Start makes one that ends with the test. The test binary must call embedded.RunChildIfAsked in its TestMain.
func Start(t *testing.T) *warehouse.DB {
	t.Helper()
	server := clickhousetest.Start(t)
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
