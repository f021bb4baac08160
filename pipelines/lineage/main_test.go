package lineage

import (
	"fmt"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

var must = clickhousetest.Must

func exec(t *testing.T, db *warehouse.DB, format string, args ...any) {
	t.Helper()
	statement := fmt.Sprintf(format, args...)
	if err := db.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// value is the answer to a query, as one text.
func value(t *testing.T, db *warehouse.DB, query string) string {
	t.Helper()
	var text string
	if err := db.QueryRow(t.Context(), query).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}
