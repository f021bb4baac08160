package warehouse

import (
	_ "embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas/migrations"
)

//go:embed testdata/warehouse_14.sql
var rowsOf14 string

// TestUpgradeGivesAFreshWarehouse brings a warehouse with rows, of the state of migration 14, to the present. It has then
// the tables of a fresh one and all its rows, and on the way back those of before.
func TestUpgradeGivesAFreshWarehouse(t *testing.T) {
	db := open(t, start(t))
	_, err := db.Migrate(t.Context())
	must(t, err)
	db.script(t, rowsOf14)
	freshTables, freshRows := db.tables(t), db.rows(t)
	if len(freshTables) < 30 || len(freshRows) < 15 {
		t.Fatalf("a fresh warehouse has %d tables, %d of them with rows", len(freshTables), len(freshRows))
	}
	for _, name := range []string{"ops", "raw", "facts", "facts_store", "work", "publication", "publication_store"} {
		must(t, db.Exec(t.Context(), "DROP DATABASE "+name+" SYNC"))
	}

	must(t, db.Exec(t.Context(), "CREATE DATABASE ops"))
	to(t, db, migrations.FS, 14)
	db.script(t, rowsOf14)
	oldTables := db.tables(t)
	applied, err := db.Migrate(t.Context())
	must(t, err)
	if applied == 0 {
		t.Error("no migration was applied")
	}
	same(t, "upgraded, the tables", db.tables(t), freshTables)
	same(t, "upgraded, the rows", db.rows(t), freshRows)

	to(t, db, migrations.FS, 14)
	same(t, "taken back, the tables", db.tables(t), oldTables)
	_, err = db.Migrate(t.Context())
	must(t, err)
	same(t, "upgraded again, the tables", db.tables(t), freshTables)
	same(t, "upgraded again, the rows", db.rows(t), freshRows)
}

// to applies migrations, or takes them back, until a number is the last that stands.
func to(t *testing.T, db *DB, files fs.FS, number int64) {
	t.Helper()
	provider, err := db.provider(files)
	must(t, err)
	defer provider.Close()
	now, err := provider.GetDBVersion(t.Context())
	must(t, err)
	if now < number {
		_, err = provider.UpTo(t.Context(), number)
	} else {
		_, err = provider.DownTo(t.Context(), number)
	}
	must(t, err)
}

func (d *DB) script(t *testing.T, text string) {
	t.Helper()
	for statement := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(statement) != "" {
			must(t, d.Exec(t.Context(), statement))
		}
	}
}

func (d *DB) lines(t *testing.T, query string) (list []string) {
	t.Helper()
	rows, err := d.Query(t.Context(), query)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		list = append(list, line)
	}
	must(t, rows.Err())
	return list
}

const ourTables = "database IN ('ops', 'raw', 'facts', 'facts_store', 'publication', 'publication_store') AND concat(database, '.', table) != '" + versionTable + "'"

// tables describes every table and view with its columns.
func (d *DB) tables(t *testing.T) []string {
	t.Helper()
	return d.lines(t, `SELECT concat(t.database, '.', t.table, ' ', engine_full, ' ', as_select, ' ', t.comment, ' ', columns) FROM system.tables AS t
		INNER JOIN (SELECT database, table, toString(arraySort(groupArray((position, name, type, default_kind, default_expression, comment)))) AS columns
			FROM system.columns WHERE `+ourTables+` GROUP BY database, table) AS c USING (database, table) WHERE `+ourTables+` ORDER BY 1`)
}

// rows gives, of every table that has any, their number and a hash of their content.
func (d *DB) rows(t *testing.T) (list []string) {
	t.Helper()
	for _, name := range d.lines(t, "SELECT concat(database, '.', table) FROM system.tables WHERE "+ourTables+" ORDER BY 1") {
		line := d.lines(t, fmt.Sprintf("SELECT concat('%s ', toString(count()), ' rows, hash ', toString(sum(sipHash64(toJSONString(tuple(*)))))) FROM %[1]s", name))[0]
		if !strings.Contains(line, " 0 rows") {
			list = append(list, line)
		}
	}
	return list
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("%s hold, other than they should:\n%.600s", what, line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("%s lack:\n%.600s", what, line)
		}
	}
}
