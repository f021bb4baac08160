package clickhousetest

import (
	"os"
	"testing"

	"doorstroom/deploy/embedded"
)

// Main is the TestMain of tests that start a ClickHouse: it lets the test binary be that process.
func Main(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}
