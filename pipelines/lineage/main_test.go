package lineage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/zap"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}

// startWarehouse is an empty ClickHouse with all tables.
func startWarehouse(t *testing.T) *warehouse.DB {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	must(t, err)
	server, err := embedded.StartClickHouse(t.Context(), embedded.Options{Dir: filepath.Join(t.TempDir(), "data"), Log: zap.NewNop(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30})
	must(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		must(t, server.Stop(ctx))
	})
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	_, err = db.Migrate(t.Context())
	must(t, err)
	return db
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
