package erase

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/sqlfile"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// search looks for the persons in every table of ours, the server's logs of queries, and every message.
func search(ctx context.Context, db *warehouse.DB, k kafka.Cluster, pseudonyms []schemas.Pseudonym) error {
	tables, err := columnsOf(ctx, db, "((database IN "+ours+" OR database = 'ops') AND engine LIKE '%MergeTree' AND name NOT LIKE 'erasing_%') OR (database = 'system' AND name = 'mutations')")
	if err != nil {
		return err
	}
	logs, err := columnsOf(ctx, db, logTables)
	if err != nil {
		return err
	}
	var found []string
	for _, t := range append(tables, logs...) {
		n, err := t.count(ctx, db, len(pseudonyms))
		if err != nil {
			return err
		}
		if n > 0 {
			found = append(found, fmt.Sprintf("%s (%d rows)", t.name, n))
		}
	}
	texts := make([][]byte, 0, 2*len(pseudonyms))
	for _, p := range pseudonyms {
		texts = append(texts, p.AppendText(nil), p.Key[:])
	}
	n, err := kafka.Count(ctx, k, texts)
	if err != nil {
		return err
	}
	if n > 0 {
		found = append(found, fmt.Sprintf("Kafka (%d messages)", n))
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %s", ErrStillThere, strings.Join(found, ", "))
	}
	return nil
}

// logTables are the server's own tables in which the text of a query may stand.
const logTables = "database = 'system' AND engine LIKE '%MergeTree' AND match(name, '_log(_[0-9]+)?$')"

// eraseLogs deletes queries about the persons from the server's logs: somebody may have asked for one by name.
func eraseLogs(ctx context.Context, db *warehouse.DB) error {
	if err := db.Exec(ctx, "SYSTEM FLUSH LOGS"); err != nil {
		return fmt.Errorf("having the logs of queries written: %w", err)
	}
	logs, err := columnsOf(ctx, db, logTables)
	if err != nil {
		return err
	}
	pseudonyms, err := planned(ctx, db)
	if err != nil {
		return err
	}
	for _, t := range logs {
		for _, where := range t.conditions(len(pseudonyms)) {
			if err := mutate(ctx, db, t.name, where.any(where.texts)); err != nil {
				return err
			}
		}
	}
	return nil
}

// searched is a table with the columns in which a pseudonym may stand.
type searched struct {
	name    string
	columns []column
}

type column struct{ name, typ string }

// columnsOf gives the tables with rows that a condition on system.tables selects.
func columnsOf(ctx context.Context, db *warehouse.DB, condition string) (tables []searched, err error) {
	rows, err := db.Query(ctx, sqlFiles.Render("text_columns.sql", map[string]string{"Tables": condition}))
	if err != nil {
		return nil, fmt.Errorf("asking ClickHouse for its columns: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		var c column
		if err := rows.Scan(&table, &c.name, &c.typ); err != nil {
			return nil, fmt.Errorf("asking ClickHouse for its columns: %w", err)
		}
		if len(tables) == 0 || tables[len(tables)-1].name != table {
			tables = append(tables, searched{name: table})
		}
		last := &tables[len(tables)-1]
		last.columns = append(last.columns, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking ClickHouse for its columns: %w", err)
	}
	return tables, nil
}

// needles is how many texts one condition looks for at most, as ClickHouse allows.
const needles = 200

// condition says that a row holds one of some pseudonyms, which stand in a table.
type condition struct {
	columns []column
	some    string // selects them there
	texts   string // an array of their texts
}

func (t *searched) conditions(pseudonyms int) (list []condition) {
	for from := 0; from < pseudonyms; from += needles {
		some := fmt.Sprintf("FROM %s WHERE n >= %d AND n < %d", tablePseudonyms, from, from+needles)
		list = append(list, condition{t.columns, some, "(SELECT groupArray(text) " + some + ")"})
	}
	return list
}

// any is the condition itself; texts stands for the array of texts, which one look-up may give for all columns.
func (c condition) any(texts string) string {
	var any []string
	for _, column := range c.columns {
		any = append(any, column.condition(c.some, texts))
	}
	return strings.Join(any, " OR ")
}

func (c column) condition(some, texts string) string {
	name := sqlfile.Ident(c.name)
	plain := strings.TrimSuffix(strings.TrimPrefix(c.typ, "Nullable("), ")")
	switch c.name {
	case "pseudonym_v":
		return fmt.Sprintf("%s IN (SELECT key %s AND kind = %d)", name, some, link.V)
	case "pseudonym_b":
		return fmt.Sprintf("%s IN (SELECT key %s AND kind = %d)", name, some, link.B)
	case "person_id", "conflict_id", "pseudonym": // the whole text; quicker than a search in it
		return name + " IN (SELECT id " + some + ")"
	}
	if plain == "FixedString(16)" {
		return "0" // of an employer
	}
	return "multiSearchAny(ifNull(toString(" + name + "), ''), " + texts + ")"
}

func (t *searched) count(ctx context.Context, db *warehouse.DB, pseudonyms int) (n uint64, err error) {
	for _, where := range t.conditions(pseudonyms) {
		var some uint64
		if err := db.QueryRow(ctx, "WITH "+where.texts+" AS texts SELECT count() FROM "+t.name+" WHERE "+where.any("texts")).Scan(&some); err != nil {
			return 0, fmt.Errorf("searching %s: %w", t.name, err)
		}
		n += some
	}
	return n, nil
}
