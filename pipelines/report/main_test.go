package report_test

import (
	"os"
	"testing"

	"doorstroom/deploy/embedded"
)

// TestMain lets this test binary be the ClickHouse process.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}
