package dbt_test

import (
	"context"
	"encoding/csv"
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

// TestMain lets this test binary be the ClickHouse process.
func TestMain(m *testing.M) {
	embedded.RunChildIfAsked()
	os.Exit(m.Run())
}

// testWarehouse is an embedded ClickHouse with the tables that dbt reads, and the dbt program to build marts in it.
type testWarehouse struct {
	driver.Conn
	server  *embedded.ClickHouse
	program string
}

func startWarehouse(t *testing.T) *testWarehouse {
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
	w := &testWarehouse{Conn: conn, server: server, program: tools.DBT}
	w.createTables(t)
	return w
}

// createTables makes ops as the warehouse has it, and facts as plain tables with the contract's columns.
func (w *testWarehouse) createTables(t *testing.T) {
	t.Helper()
	ops, err := migrations.FS.ReadFile("00001_ops.sql")
	if err != nil {
		t.Fatal(err)
	}
	up, _, _ := strings.Cut(string(ops), "-- +goose Down")
	w.script(t, up)
	w.script(t, `CREATE TABLE IF NOT EXISTS ops.source_linkage (edition Date, supplier String, record String, cohort Nullable(UInt16),
		linkage String, records UInt64, persons UInt64) ENGINE = MergeTree ORDER BY (edition, supplier, record)`)
	w.script(t, "CREATE DATABASE facts")
	contract, err := os.Open("../schemas/contract/facts.csv")
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
	for table, list := range columns {
		w.script(t, "CREATE TABLE facts."+table+" ("+strings.Join(list, ", ")+") ENGINE = MergeTree PARTITION BY edition ORDER BY edition")
	}
}

// script runs statements that end with a semicolon at the end of a line.
func (w *testWarehouse) script(t *testing.T, text string) {
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

// fill makes the facts of an edition of the given number of synthetic persons.
func (w *testWarehouse) fill(t *testing.T, edition, persons string) {
	t.Helper()
	text, err := os.ReadFile("testdata/facts.sql")
	if err != nil {
		t.Fatal(err)
	}
	w.script(t, strings.NewReplacer("{edition}", edition, "{persons}", persons).Replace(string(text)))
}

func (w *testWarehouse) number(t *testing.T, query string) uint64 {
	t.Helper()
	var n uint64
	if err := w.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
