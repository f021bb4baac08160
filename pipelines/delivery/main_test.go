package delivery

import (
	"fmt"
	"os"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}

// openWarehouse is a ClickHouse with all tables.
func openWarehouse(t *testing.T) *warehouse.DB {
	t.Helper()
	server := clickhousetest.Start(t, clickhousetest.User{Name: "delivery", Password: "x"})
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: "delivery", Password: "x"})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	_, err = db.Migrate(t.Context())
	must(t, err)
	return db
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// closedDelivery is a full delivery without records; its manifest hash is made of the given version of it.
func closedDelivery(supplier, id, drawnOn, version string) schemas.Closed {
	c := schemas.Closed{DrawnOn: drawnOn, Mode: "full", CoversFrom: "2026-01-01", CoversTo: "2026-01-31"}
	c.Supplier, c.DeliveryID, c.ManifestSHA256 = supplier, id, fmt.Sprintf("%064s", version)
	c.LoadID = schemas.LoadID(supplier, id, c.ManifestSHA256)
	return c
}
