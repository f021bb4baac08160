package delivery

import (
	"fmt"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

var must = clickhousetest.Must

// closedDelivery is a full delivery without records; its manifest hash is made of the given version of it.
func closedDelivery(supplier, id, drawnOn, version string) schemas.Closed {
	c := schemas.Closed{DrawnOn: drawnOn, Mode: "full", CoversFrom: "2026-01-01", CoversTo: "2026-01-31"}
	c.Supplier, c.DeliveryID, c.ManifestSHA256 = supplier, id, fmt.Sprintf("%064s", version)
	c.LoadID = schemas.LoadID(supplier, id, c.ManifestSHA256)
	return c
}
