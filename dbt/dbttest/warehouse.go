// Package dbttest gives tests an embedded ClickHouse with synthetic facts, and builds the marts in it with the real dbt.
package dbttest

import (
	"context"
	_ "embed"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/schemas/migrations"
)

//go:embed facts.sql
var factsSQL string

//go:embed ops.sql
var opsSQL string

//go:embed edges.sql
var edgesSQL string

// Warehouse is an embedded ClickHouse with the tables that dbt reads, and the dbt program to build marts in it.
type Warehouse struct {
	driver.Conn
	server        *embedded.ClickHouse
	program       string // dbt
	dir           string
	project, work string // copy of the dbt project and its target folder, from the first use on
}

// Start gives a warehouse without rows; it stops with the test. The test binary's TestMain must begin with
// embedded.RunChildIfAsked, because the server is a child of the same binary.
func Start(t *testing.T) *Warehouse {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), os.Getenv("DOORSTROOM_DBT"))
	if err != nil {
		t.Fatal(err)
	}
	if tools.DBT == "" {
		t.Fatal("dbt is not installed: run 'make tools'")
	}
	server, err := embedded.StartClickHouse(t.Context(), embedded.Options{
		Dir: t.TempDir(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30, Log: zaptest.NewLogger(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := clickhouse.Open(&clickhouse.Options{
		Addr:        []string{server.NativeAddr()},
		Auth:        clickhouse.Auth{Username: server.User(), Password: server.Password()},
		DialTimeout: 10 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_ = server.Stop(ctx)
	})
	w := &Warehouse{Conn: conn, server: server, program: tools.DBT, dir: t.TempDir()}
	w.createTables(t)
	return w
}

// createTables makes the tables as the warehouse has them.
func (w *Warehouse) createTables(t *testing.T) {
	t.Helper()
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := migrations.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		w.Script(t, up)
	}
}

// Script runs statements that end with a semicolon at the end of a line.
func (w *Warehouse) Script(t *testing.T, text string) {
	t.Helper()
	for _, statement := range strings.Split(text, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if err := w.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%.120s: %v", statement, err)
		}
	}
}

// Deliver fills ops: eight deliveries of which one is refused, one held and one drawn after 2026-06-30.
func (w *Warehouse) Deliver(t *testing.T) {
	t.Helper()
	w.Script(t, opsSQL)
}

// Fill makes the facts of an edition (yyyy-mm-dd) of the given number of synthetic persons.
func (w *Warehouse) Fill(t *testing.T, edition, persons string) {
	t.Helper()
	w.Script(t, strings.NewReplacer("{edition}", edition, "{persons}", persons).Replace(factsSQL))
}

// Edges adds to edition 2026-06-30, after Fill and Deliver, persons and deliveries that stand exactly on the bounds of definitions.
// They have single months, so that tests of whole facts do not hold with them.
func (w *Warehouse) Edges(t *testing.T) {
	t.Helper()
	w.Script(t, edgesSQL)
}

// Number is the single number that a query gives.
func (w *Warehouse) Number(t *testing.T, query string) uint64 {
	t.Helper()
	var n uint64
	if err := w.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
