package publish

import (
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }
