package dbt_test

import (
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
)

// TestMain lets this test binary be the ClickHouse process.
func TestMain(m *testing.M) { clickhousetest.Main(m) }
