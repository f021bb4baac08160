package edition

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

var errNotReconciled = errors.New("the build does not add up and was thrown away; run the same command again")

// ErrRowsChanged says that the stored facts are not those that were built.
var ErrRowsChanged = errors.New("the facts are not those that were built: restore the warehouse, or withdraw and release one of the deliveries, and run again to build them again")

// reconcile holds the stored rows against what the workers say they wrote, the
// persons against those that were linked, and the records routed against the effective ones.
func (b *building) reconcile(ctx context.Context, e *Edition) error {
	reported, err := b.reported(ctx, e)
	if err != nil {
		return fmt.Errorf("reading what the workers did: %w", err)
	}
	if e.Records != b.records || e.Persons != b.people {
		return fmt.Errorf("%w: %d persons and %d records were routed of %d and %d", errNotReconciled, e.Persons, e.Records, b.people, b.records)
	}
	e.Rows = make(map[string]uint64)
	for _, t := range schemas.FactTables {
		if e.Rows[t.Name], err = storedRows(ctx, b.DB, t.Name, e); err != nil {
			return err
		}
		if e.Rows[t.Name] != reported[t.Name] {
			return fmt.Errorf("%w: %s has %d rows of %d", errNotReconciled, t.Name, e.Rows[t.Name], reported[t.Name])
		}
	}
	return nil
}

// reported gives the rows per table that were written, and adds up the persons and records of the slices in e.
func (b *building) reported(ctx context.Context, e *Edition) (map[string]uint64, error) {
	rows, err := b.DB.Query(ctx, "SELECT persons, records, rows FROM ops.slice FINAL WHERE build = ?", b.build)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	reported := map[string]uint64{"link_conflict": b.conflicts}
	for rows.Next() {
		var persons, records uint64
		var written map[string]uint64
		if err := rows.Scan(&persons, &records, &written); err != nil {
			return nil, err
		}
		e.Persons += persons
		e.Records += records
		for table, n := range written {
			reported[table] += n
		}
	}
	return reported, rows.Err()
}

// Reconcile holds the stored rows of a current edition against those that it was built with, and names the tables that
// differ. It reads no row.
func (b *Builder) Reconcile(ctx context.Context, e *Edition) error {
	var differ []string
	for _, t := range schemas.FactTables {
		n, err := storedRows(ctx, b.config.Warehouse, t.Name, e)
		if err != nil {
			return err
		}
		if n != e.Rows[t.Name] {
			differ = append(differ, t.Name)
		}
	}
	if len(differ) > 0 {
		return fmt.Errorf("edition %s, rows of %s: %w", e.CutOff, strings.Join(differ, ", "), ErrRowsChanged)
	}
	return nil
}

// storedRows counts what is stored of the build of an edition in a table of facts.
func storedRows(ctx context.Context, db *warehouse.DB, table string, e *Edition) (n uint64, err error) {
	err = db.QueryRow(ctx, "SELECT count() FROM facts_store."+table+" WHERE edition = toDate(?) AND build = ?", e.CutOff.String(), e.Build).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting the rows of %s: %w", table, err)
	}
	return n, nil
}
