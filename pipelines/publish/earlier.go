package publish

import (
	"context"
	"fmt"

	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
)

// earlier reads the tables of all releases that stand: they are part of what an outsider knows.
func earlier(ctx context.Context, db *warehouse.DB, ledger []Release) ([]released, error) {
	var all []released
	for _, r := range ledger {
		tables, err := r.read(ctx, db)
		if err != nil {
			return nil, err
		}
		all = append(all, released{name: r.Release, edition: r.Edition, tables: tables})
	}
	return all, nil
}

// read gives the tables of a release as they are published, the most important first.
func (r *Release) read(ctx context.Context, db *warehouse.DB) ([]Table, error) {
	return readTables(ctx, db, r.Release, r.Attempt)
}

func readTables(ctx context.Context, db *warehouse.DB, release string, attempt uint64) ([]Table, error) {
	var entries []struct {
		Entry string `ch:"entry"`
	}
	if err := db.Select(ctx, &entries, sqlFiles.Render("indicators.sql", nil), release, attempt); err != nil {
		return nil, fmt.Errorf("read which tables release %s has: %w", release, err)
	}
	tables := make([]Table, len(entries))
	for i, text := range entries {
		e, err := catalogue.ReadEntry(text.Entry)
		if err != nil {
			return nil, fmt.Errorf("read the tables of release %s: %w", release, err)
		}
		tables[i] = Table{Entry: e}
		if err := tables[i].read(ctx, db, release, attempt); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// read takes the rows of a table.
func (t *Table) read(ctx context.Context, db *warehouse.DB, release string, attempt uint64) error {
	var rows []struct {
		Place       []string `ch:"place"`
		Value       *uint64  `ch:"value"`
		Denominator *uint64  `ch:"denominator"`
		Status      string   `ch:"status"`
	}
	if err := db.Select(ctx, &rows, sqlFiles.Render("cells.sql", nil), release, attempt, t.Entry.Name); err != nil {
		return fmt.Errorf("read table %s of release %s: %w", t.Entry.Name, release, err)
	}
	for _, row := range rows {
		if len(row.Place) != len(t.Entry.Columns()) || (row.Value != nil) != (row.Status == published) {
			return fmt.Errorf("table %s of release %s has a row that the program did not write: restore it from a backup", t.Entry.Name, release)
		}
		t.Rows = append(t.Rows, Row{Values: row.Place, Status: row.Status, Value: signed(row.Value), Denominator: signed(row.Denominator)})
	}
	return nil
}

func signed(n *uint64) *int64 {
	if n == nil {
		return nil
	}
	s := int64(*n)
	return &s
}

func unsigned(n *int64) *uint64 {
	if n == nil {
		return nil
	}
	u := uint64(*n)
	return &u
}
