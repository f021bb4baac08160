package erase

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
)

// ours are the databases in which something about a person may stand; ops has what is kept of an erasure.
const ours = "('raw', 'facts_store', 'work', 'marts')"

const (
	// removePatience is how long the server may take to remove what it replaced.
	removePatience = 5 * time.Minute
	// elsewhere is how long replaced parts stay on a server whose disk we cannot
	// sync: by its defaults Linux writes what is 30 seconds old, and looks for it
	// every 5.
	elsewhere = time.Minute
)

// eraseOldParts has the server remove from its disk the parts that mutations
// and merges replaced, which it else keeps for some minutes, and parts that it
// put aside as damaged, which no query sees.
func eraseOldParts(ctx context.Context, db *warehouse.DB, sync func()) error {
	if err := dropDetached(ctx, db); err != nil {
		return err
	}
	tables, err := names(ctx, db, "SELECT DISTINCT database || '.' || table FROM system.parts WHERE database IN "+ours+" AND NOT active")
	if err != nil {
		return err
	}
	keep := elsewhere
	if sync != nil {
		sync() // the old parts are what a loss of power could fall back on
		keep = 0
	}
	for _, t := range tables {
		if err := db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s MODIFY SETTING old_parts_lifetime = %d", t, int(keep.Seconds()))); err != nil {
			return fmt.Errorf("removing replaced parts of %s: %w", t, err)
		}
		// A partition that is not there has the server remove replaced parts now, and not when it looks next.
		if err := db.Exec(ctx, "ALTER TABLE "+t+" DROP PARTITION ID 'none'"); err != nil {
			return fmt.Errorf("removing replaced parts of %s: %w", t, err)
		}
	}
	err = untilRemoved(ctx, db, tables)
	return errors.Join(err, resetLifetime(ctx, db))
}

// resetLifetime gives back their setting to tables of this erasure, and of one that was broken off.
func resetLifetime(ctx context.Context, db *warehouse.DB) error {
	ctx = context.WithoutCancel(ctx)
	tables, err := names(ctx, db, "SELECT database || '.' || name FROM system.tables WHERE database IN "+ours+" AND position(engine_full, 'old_parts_lifetime') > 0")
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := db.Exec(ctx, "ALTER TABLE "+t+" RESET SETTING old_parts_lifetime"); err != nil {
			return fmt.Errorf("giving back its setting to %s: %w", t, err)
		}
	}
	return nil
}

func untilRemoved(ctx context.Context, db *warehouse.DB, tables []string) error {
	if len(tables) == 0 {
		return nil
	}
	for began := time.Now(); time.Since(began) < removePatience; {
		var left uint64
		if err := db.QueryRow(ctx, "SELECT count() FROM system.parts WHERE database || '.' || table IN (?) AND NOT active", tables).Scan(&left); err != nil {
			return fmt.Errorf("asking which parts are left: %w", err)
		}
		if left == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return errors.New("the server still keeps replaced parts; long queries may hold them")
}

func dropDetached(ctx context.Context, db *warehouse.DB) error {
	rows, err := db.Query(ctx, "SELECT database || '.' || table, name FROM system.detached_parts WHERE database IN "+ours)
	if err != nil {
		return fmt.Errorf("looking for damaged parts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var table, part string
		if err := rows.Scan(&table, &part); err != nil {
			return fmt.Errorf("looking for damaged parts: %w", err)
		}
		if err := db.Exec(ctx, "ALTER TABLE "+table+" DROP DETACHED PART '"+part+"' SETTINGS allow_drop_detached = 1"); err != nil {
			return fmt.Errorf("dropping a damaged part of %s: %w", table, err)
		}
	}
	return rows.Err()
}

// names reads a list of names.
func names(ctx context.Context, db *warehouse.DB, query string) (list []string, err error) {
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("asking ClickHouse for its tables: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("asking ClickHouse for its tables: %w", err)
		}
		list = append(list, name)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking ClickHouse for its tables: %w", err)
	}
	return list, nil
}
