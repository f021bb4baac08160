package edition

import (
	"context"
	"fmt"

	"doorstroom/schemas"
)

// reconcile holds the stored rows against what the workers say they wrote, the
// persons against those that were linked, and the records routed against those that hold.
func (b *building) reconcile(ctx context.Context, e *Edition) error {
	e.Rows = make(map[string]uint64)
	rows, err := b.DB.Query(ctx, "SELECT persons, records, rows FROM ops.slice FINAL WHERE build = ?", b.build)
	if err != nil {
		return fmt.Errorf("reading what the workers did: %w", err)
	}
	defer rows.Close()
	reported := map[string]uint64{"link_conflict": b.conflicts}
	for rows.Next() {
		var persons, records uint64
		var written map[string]uint64
		if err := rows.Scan(&persons, &records, &written); err != nil {
			return fmt.Errorf("reading what the workers did: %w", err)
		}
		e.Persons += persons
		e.Records += records
		for table, n := range written {
			reported[table] += n
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading what the workers did: %w", err)
	}
	if e.Records != b.records || e.Persons != b.people {
		return fmt.Errorf("%w: %d persons and %d records were routed of %d and %d", errNotReconciled, e.Persons, e.Records, b.people, b.records)
	}
	for _, t := range schemas.FactTables {
		if err := b.count(ctx, t.Name, e); err != nil {
			return err
		}
		if e.Rows[t.Name] != reported[t.Name] {
			return fmt.Errorf("%w: %s has %d rows of %d", errNotReconciled, t.Name, e.Rows[t.Name], reported[t.Name])
		}
	}
	return nil
}

// count reads how many rows of the build are stored.
func (b *building) count(ctx context.Context, table string, e *Edition) error {
	var n uint64
	err := b.DB.QueryRow(ctx, "SELECT count() FROM facts_store."+table+" WHERE edition = toDate(?) AND build = ?", b.cutOff.String(), b.build).Scan(&n)
	if err != nil {
		return fmt.Errorf("counting the rows of %s: %w", table, err)
	}
	e.Rows[table] = n
	return nil
}
