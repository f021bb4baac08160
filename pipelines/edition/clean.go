package edition

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// DropLeftovers drops what builds left that are not current: their rows, and copies of records in database work. No build
// may be under way.
func DropLeftovers(ctx context.Context, db *warehouse.DB) error {
	if err := closeAbandoned(ctx, db); err != nil {
		return err
	}
	return clean(ctx, db, 0)
}

// closeAbandoned closes builds that a killed process left open. Their slices
// may still be on the topic; the tables that those would read are dropped next.
func closeAbandoned(ctx context.Context, db *warehouse.DB) error {
	if err := db.Exec(ctx, sqlFiles.Render("close_abandoned.sql", nil)); err != nil {
		return fmt.Errorf("closing builds that were broken off: %w", err)
	}
	return nil
}

// clean drops what no reader sees: rows of builds that are not current, and the
// work tables of builds that ended. The build keep stays in any case.
func clean(ctx context.Context, db *warehouse.DB, keep uint64) error {
	partitions, err := list(ctx, db, sqlFiles.Render("leftover_partitions.sql", map[string]uint64{"Keep": keep}))
	if err != nil {
		return err
	}
	for _, p := range partitions {
		if err := db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DROP PARTITION ID '%s'", p[0], p[1])); err != nil {
			return fmt.Errorf("dropping rows of a build that is not current: %w", err)
		}
	}
	return dropWork(ctx, db, "match(name, '^b[0-9]+_')")
}

// dropWork drops the tables of database work that a condition on system.tables selects.
func dropWork(ctx context.Context, db *warehouse.DB, condition string) error {
	tables, err := list(ctx, db, "SELECT name, '' FROM system.tables WHERE database = 'work' AND "+condition)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := db.Exec(ctx, "DROP TABLE IF EXISTS work."+t[0]+" SYNC"); err != nil {
			return fmt.Errorf("dropping a work table: %w", err)
		}
	}
	return nil
}

// list reads pairs of names.
func list(ctx context.Context, db *warehouse.DB, query string) ([][2]string, error) {
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("looking for what builds left: %w", err)
	}
	defer rows.Close()
	var out [][2]string
	for rows.Next() {
		var pair [2]string
		if err := rows.Scan(&pair[0], &pair[1]); err != nil {
			return nil, fmt.Errorf("looking for what builds left: %w", err)
		}
		out = append(out, pair)
	}
	return out, rows.Err()
}
