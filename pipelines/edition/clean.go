package edition

import (
	"context"
	"fmt"
)

// clean drops what no reader sees: rows of builds that do not stand, and the
// work tables of builds that ended. The build keep stays in any case.
func (f *Builder) clean(ctx context.Context, keep uint64) error {
	partitions, err := f.list(ctx, fmt.Sprintf(`SELECT DISTINCT 'facts_store.' || table, partition_id FROM system.parts
		WHERE database = 'facts_store' AND active AND partition NOT IN (
			SELECT toString(tuple(toString(edition), build)) FROM ops.standing_build)
			AND NOT endsWith(partition, ',%d)')`, keep))
	if err != nil {
		return err
	}
	for _, p := range partitions {
		if err := f.config.Warehouse.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DROP PARTITION ID '%s'", p[0], p[1])); err != nil {
			return fmt.Errorf("dropping rows of a build that does not stand: %w", err)
		}
	}
	tables, err := f.list(ctx, "SELECT name, '' FROM system.tables WHERE database = 'work' AND match(name, '^b[0-9]+_')")
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := f.config.Warehouse.Exec(ctx, "DROP TABLE IF EXISTS work."+t[0]+" SYNC"); err != nil {
			return fmt.Errorf("dropping a work table: %w", err)
		}
	}
	return nil
}

// list reads pairs of names.
func (f *Builder) list(ctx context.Context, query string) ([][2]string, error) {
	rows, err := f.config.Warehouse.Query(ctx, query)
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
