package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
)

// Content reads all of the warehouse and tells what is in it.
func Content(ctx context.Context, db *warehouse.DB) (Warehouse, error) {
	w, err := stored(ctx, db)
	if err != nil {
		return w, err
	}
	editions, err := edition.New(edition.Config{Config: slice.Config{Warehouse: db}}).Editions(ctx)
	if err != nil {
		return w, err
	}
	for _, e := range editions {
		w.Editions = append(w.Editions, Edition{Edition: e.CutOff.String(), Table: e.Table, Rows: e.Rows, Hash: e.Hash})
	}
	return w, nil
}

// Check holds a restored warehouse, before any migration, against what the backup says of it.
func (w Warehouse) Check(ctx context.Context, db *warehouse.DB) error {
	got, err := stored(ctx, db)
	if err != nil {
		return err
	}
	if different := w.Differences(got); len(different) > 0 {
		return fmt.Errorf("the restored warehouse is not the one that was backed up: %s", strings.Join(different, ", "))
	}
	return nil
}

// Differences names the tables of which two warehouses do not hold the same.
func (w Warehouse) Differences(other Warehouse) (names []string) {
	here := make(map[string]Table, len(w.Tables))
	for _, t := range w.Tables {
		here[t.Name] = t
	}
	for _, t := range other.Tables {
		if here[t.Name] != t {
			names = append(names, t.Name)
		}
		delete(here, t.Name)
	}
	for name := range here {
		names = append(names, name)
	}
	if w.SchemaVersion != other.SchemaVersion {
		names = append(names, "ops.schema_version")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// stored tells of the stored tables; it needs no table to be as this program knows it.
func stored(ctx context.Context, db *warehouse.DB) (Warehouse, error) {
	var w Warehouse
	err := db.QueryRow(ctx, "SELECT version(), max(version_id) FROM ops.schema_version").Scan(&w.ClickHouse, &w.SchemaVersion)
	if err != nil {
		return w, fmt.Errorf("asking for the version of the tables: %w", err)
	}
	rows, err := db.Query(ctx, "SELECT database, name, engine LIKE '%Replacing%' FROM system.tables WHERE has(?, database) AND engine LIKE '%MergeTree' ORDER BY database, name", databases)
	if err != nil {
		return w, fmt.Errorf("listing the tables of the warehouse: %w", err)
	}
	defer rows.Close()
	var queries []string
	for rows.Next() {
		var database, name string
		var replacing bool
		if err := rows.Scan(&database, &name, &replacing); err != nil {
			return w, fmt.Errorf("listing the tables of the warehouse: %w", err)
		}
		queries = append(queries, contentQuery(database, name, replacing))
	}
	if err := rows.Err(); err != nil {
		return w, fmt.Errorf("listing the tables of the warehouse: %w", err)
	}
	for _, query := range queries {
		var t Table
		if err := db.QueryRow(ctx, query).Scan(&t.Name, &t.Rows, &t.Hash); err != nil {
			return w, fmt.Errorf("hashing the tables of the warehouse: %w", err)
		}
		w.Tables = append(w.Tables, t)
	}
	return w, nil
}

// contentQuery counts and hashes the rows of a table. The columns are hashed as one tuple: a NULL among several
// arguments would make the hash of the whole row NULL.
func contentQuery(database, name string, replacing bool) string {
	final := ""
	if replacing {
		final = " FINAL"
	}
	return fmt.Sprintf("SELECT %s, count(), lower(leftPad(hex(sum(sipHash64(tuple(*)))), 16, '0')) FROM %s.`%s`%s",
		literal(database+"."+name), database, name, final)
}
