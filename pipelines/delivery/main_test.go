package delivery

import (
	"fmt"
	"os"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
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
