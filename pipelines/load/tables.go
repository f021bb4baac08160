package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// CheckTables fails when a table that the loader inserts into has not the columns for it, such as one that somebody
// else made under its name before the migrations did. It names all of them.
func CheckTables(ctx context.Context, db *warehouse.DB) error {
	rows, err := db.Query(ctx, "SELECT table, groupArray(name) FROM system.columns WHERE database = 'raw' GROUP BY table")
	if err != nil {
		return fmt.Errorf("looking at the columns of the raw tables: %w", err)
	}
	defer rows.Close()
	there := map[string][]string{}
	for rows.Next() {
		var table string
		var columns []string
		if err := rows.Scan(&table, &columns); err != nil {
			return fmt.Errorf("looking at the columns of the raw tables: %w", err)
		}
		there[table] = columns
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("looking at the columns of the raw tables: %w", err)
	}
	var wrong []string
	for _, r := range schemas.Records {
		var lacks []string
		for _, c := range newColumns(r.Name).input() {
			if !slices.Contains(there[r.Name], c.Name) {
				lacks = append(lacks, c.Name)
			}
		}
		if len(lacks) > 0 {
			wrong = append(wrong, "raw."+r.Name+" (no "+strings.Join(lacks, ", ")+")")
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s; rename or drop each, and take the last lines of ops.schema_version back so that 'doorstroom migrate' makes it, or give doorstroom another ClickHouse",
			warehouse.ErrForeignTables, strings.Join(wrong, "; "))
	}
	return nil
}
