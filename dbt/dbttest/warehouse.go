// Package dbttest gives tests an embedded ClickHouse with synthetic facts, and builds the marts in it with the real dbt.
package dbttest

import (
	"context"
	_ "embed"
	"encoding/csv"
	"os"
	"path/filepath"
	"runtime"
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

// createTables makes ops as the warehouse has it, and facts as plain tables with the contract's columns.
func (w *Warehouse) createTables(t *testing.T) {
	t.Helper()
	ops, err := migrations.FS.ReadFile("00001_ops.sql")
	if err != nil {
		t.Fatal(err)
	}
	up, _, _ := strings.Cut(string(ops), "-- +goose Down")
	w.Script(t, up)
	w.Script(t, `CREATE TABLE IF NOT EXISTS ops.source_linkage (edition Date, supplier String, record String, cohort Nullable(UInt16),
		linkage String, records UInt64, persons UInt64) ENGINE = MergeTree ORDER BY (edition, supplier, record)`)
	w.Script(t, "CREATE DATABASE facts")
	for table, columns := range factColumns(t) {
		w.Script(t, "CREATE TABLE facts."+table+" ("+strings.Join(columns, ", ")+") ENGINE = MergeTree PARTITION BY edition ORDER BY edition")
	}
}

// factColumns are the columns of each fact table with their types, as the contract lists them.
func factColumns(t *testing.T) map[string][]string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	contract, err := os.Open(filepath.Join(filepath.Dir(here), "..", "..", "schemas", "contract", "facts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer contract.Close()
	rows, err := csv.NewReader(contract).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for _, row := range rows[1:] {
		columns[row[0]] = append(columns[row[0]], "`"+row[1]+"` "+row[2])
	}
	return columns
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

// Number is the single number that a query gives.
func (w *Warehouse) Number(t *testing.T, query string) uint64 {
	t.Helper()
	var n uint64
	if err := w.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
