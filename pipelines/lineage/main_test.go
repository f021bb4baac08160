package lineage

import (
	"fmt"
	"os"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

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
