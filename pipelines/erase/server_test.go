package erase

import (
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"go.uber.org/zap"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

var must = clickhousetest.Must

// engines are a warehouse and a log whose files can be let go to the last byte, and the folder of both.
func engines(t *testing.T) (*warehouse.DB, kafka.Cluster, string) {
	t.Helper()
	e := enginetest.Start(t, enginetest.Options{ShortFiles: true})
	return e.Warehouse, e.Kafka, e.Dir
}

// eraseOf erases persons from beginning to end.
func eraseOf(t *testing.T, db *warehouse.DB, k kafka.Cluster, given ...link.ID) *Plan {
	t.Helper()
	plan, err := Prepare(t.Context(), db, Request{Pseudonyms: given, Links: AllLinks, Who: "tester", Why: "test"})
	must(t, err)
	must(t, plan.Begin(t.Context(), db))
	must(t, Finish(t.Context(), db, k, &plan.Erasure, Options{Sync: func() {}, Log: zap.NewNop()}))
	return plan
}

// TestWhatTheServerKeepsBeside the tables: its log of queries, parts that it put aside, and rows of loads that were never decided.
func TestWhatTheServerKeepsBeside(t *testing.T) {
	db, k, dir := engines(t)
	id := link.ID([]byte("v" + textOf("personx")))
	key := pseudonymOf(id).Key
	stay := func(n uint64, key [16]byte) {
		must(t, db.Exec(t.Context(), "INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id, pseudonym_v, municipality_code, start) SELECT 1, 0, ?, 'r', toFixedString(unhex(?), 16), '0363', '2024-01-01'",
			n, hex.EncodeToString(key[:])))
	}
	stay(1, key)
	var part string
	must(t, db.QueryRow(t.Context(), "SELECT name FROM system.parts WHERE database = 'raw' AND table = 'coa_stay' AND active").Scan(&part))
	must(t, db.Exec(t.Context(), "ALTER TABLE raw.coa_stay DETACH PART '"+part+"'"))
	stay(2, key)
	stay(3, pseudonym(t, "other").Key)
	logged := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"log_queries": 1}))
	must(t, db.Exec(logged, "SELECT * FROM facts.person WHERE person_id = '"+string(id[:])+"' FORMAT Null"))
	must(t, db.Exec(logged, "SELECT 'something else' FORMAT Null"))

	plan := eraseOf(t, db, k, id)
	if plan.RawRows != 1 {
		t.Errorf("%d rows of a load that was never decided, want 1", plan.RawRows)
	}
	for query, want := range map[string]uint64{
		"SELECT count() FROM raw.coa_stay":          1,
		"SELECT count() FROM system.detached_parts": 0,
		"SELECT count() FROM system.query_log WHERE position(query, '" + textOf("personx")[:9] + "') > 0":       0,
		"SELECT toUInt64(count() > 0) FROM system.query_log WHERE position(query, 'something else') > 0":        1,
		"SELECT count() FROM system.tables WHERE database = 'work'":                                             0,
		"SELECT count() FROM system.tables WHERE position(engine_full, 'old_parts_lifetime') > 0":               0,
		"SELECT count() FROM system.parts WHERE database = 'raw' AND NOT active":                                0,
		"SELECT count() FROM ops.erased_row FINAL WHERE load_id = 1 AND row_no = 2 AND record = 'coa_stay'":     1,
		"SELECT count() FROM ops.erasure FINAL WHERE status = 'done' AND raw_rows = 1 AND who = 'tester'":       1,
		"SELECT count() FROM ops.operator_action WHERE action = 'erase' AND who = 'tester' AND why = 'test'":    1,
		"SELECT count() FROM system.mutations WHERE position(command, 'personx') > 0 OR NOT is_done":            0,
		"SELECT count() FROM ops.erasure FINAL WHERE position(toString(tuple(*)), '" + textOf("personx") + "')": 0,
	} {
		var n uint64
		must(t, db.QueryRow(t.Context(), query).Scan(&n))
		if n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	// Nothing of the part that was put aside is left on the disk either.
	left, err := filepath.Glob(filepath.Join(dir, "clickhouse", "store", "store", "*", "*", "detached", "*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("parts that were put aside are left: %q", left)
	}
	if broken, err := Pending(t.Context(), db); err != nil || broken != nil {
		t.Errorf("after it there is one to finish: %v, %v", broken, err)
	}
}

// TestSomebodyWritesMeanwhile: an erasure that finds the person after it is not done, and finishing it is.
func TestSomebodyWritesMeanwhile(t *testing.T) {
	db, k, _ := engines(t)
	id := link.ID([]byte("v" + textOf("personx")))
	plan, err := Prepare(t.Context(), db, Request{Pseudonyms: []link.ID{id}, Links: AllLinks})
	must(t, err)
	must(t, plan.Begin(t.Context(), db))
	must(t, db.Exec(t.Context(), "INSERT INTO facts_store.person (build, edition, person_id) SELECT 1, '2026-01-01', ?", string(id[:])))
	must(t, db.Exec(t.Context(), "INSERT INTO ops.edition (edition, build) SELECT '2026-01-01', 1"))
	o := Options{Sync: func() {}, Log: zap.NewNop()}
	err = Finish(t.Context(), db, k, &plan.Erasure, o)
	if err == nil || !strings.Contains(err.Error(), "facts_store.person (1 rows)") {
		t.Fatalf("it ended with %v", err)
	}
	must(t, db.Exec(t.Context(), "TRUNCATE TABLE facts_store.person"))
	broken, err := Pending(t.Context(), db)
	must(t, err)
	must(t, Finish(t.Context(), db, k, broken, o))
	if broken, err := Pending(t.Context(), db); err != nil || broken != nil {
		t.Errorf("after it there is one to finish: %v, %v", broken, err)
	}
}

// TestManyPseudonyms are more than one search takes at once.
func TestManyPseudonyms(t *testing.T) {
	db, k, _ := engines(t)
	var list []link.ID
	for i := range 450 {
		list = append(list, idOf('b', schemas.Pseudonym{Key: [16]byte{byte(i), byte(i >> 8)}, Valid: true}))
	}
	must(t, db.Exec(t.Context(), "INSERT INTO raw.duo_exam (load_id, file_no, row_no, record_id, pseudonym_b, taken_on) "+
		"SELECT 1, 0, number, toString(number), toFixedString(concat(char(number % 256), char(intDiv(number, 256))), 16), '2024-01-01' FROM numbers(450)"))
	plan := eraseOf(t, db, k, list...)
	var n uint64
	must(t, db.QueryRow(t.Context(), "SELECT count() FROM raw.duo_exam").Scan(&n))
	if n != 0 || plan.RawRows != 450 {
		t.Errorf("%d rows are left of %d", n, plan.RawRows)
	}
}
