package warehouse

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/ClickHouse/ch-go/proto"
)

// ErrRowsHidden says that the server shows our user only some rows of the program's tables: numbers would be made of a part.
var ErrRowsHidden = errors.New("ClickHouse hides rows of doorstroom's tables from its user")

// rowFilter is how the plan of a query tells of a row policy, which any user may see who may read the table.
var rowFilter = regexp.MustCompile(`(?i)row[- ]level (security )?filter`)

// AllRows fails when a row policy on a table of the program applies to our user.
func (d *DB) AllRows(ctx context.Context) error {
	tables, err := d.ownTables(ctx)
	if err != nil || len(tables) == 0 {
		return err
	}
	if hidden, err := d.hidden(ctx, tables...); err == nil && !hidden {
		return nil
	}
	var some []string
	for _, table := range tables {
		hidden, err := d.hidden(ctx, table)
		if code, answered := serverCode(err); answered && (code == proto.ErrAccessDenied || code == proto.ErrUnknownTable) {
			continue // what cannot be read at all, or is gone by now, gives an error of its own to whoever needs it
		}
		if err != nil {
			return err
		}
		if hidden {
			some = append(some, table)
		}
	}
	if len(some) == 0 {
		return nil
	}
	return fmt.Errorf("%w: row policies on %s apply to user %q at %s%s, and numbers would be those of the rows that are left. "+
		"Take that user out of these policies (ALTER ROW POLICY ... TO ALL EXCEPT %s), or set DOORSTROOM_CLICKHOUSE_USER to a user who sees every row",
		ErrRowsHidden, strings.Join(some, ", "), d.config.User, d.config.Addr, d.policyNames(ctx, some), d.config.User)
}

// ownTables are the program's tables that are there and that the user may know of.
func (d *DB) ownTables(ctx context.Context) (tables []string, err error) {
	err = d.QueryRow(ctx, "SELECT arraySort(groupArray(database || '.' || name)) FROM system.tables WHERE has(?, database) AND engine LIKE '%MergeTree'",
		ownDatabases).Scan(&tables)
	if err != nil {
		return nil, fmt.Errorf("looking for the tables of the warehouse: %w", err)
	}
	return tables, nil
}

// hidden tells whether a policy takes rows out of one of these tables. It reads none.
func (d *DB) hidden(ctx context.Context, tables ...string) (bool, error) {
	counts := make([]string, len(tables))
	for i, table := range tables {
		counts[i] = "SELECT * FROM " + table
		if len(tables) > 1 {
			counts[i] = "SELECT count() FROM (" + counts[i] + ")"
		}
	}
	var plan []string
	rows, err := d.Query(ctx, "EXPLAIN actions = 1 "+strings.Join(counts, " UNION ALL "))
	if err != nil {
		return false, fmt.Errorf("asking whether all rows are seen: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return false, fmt.Errorf("asking whether all rows are seen: %w", err)
		}
		plan = append(plan, line)
	}
	return rowFilter.MatchString(strings.Join(plan, "\n")), rows.Err()
}

// policyNames are those of the policies on tables, where the user may see them.
func (d *DB) policyNames(ctx context.Context, tables []string) string {
	var names []string
	err := d.QueryRow(ctx, "SELECT arraySort(groupArray(name)) FROM system.row_policies WHERE has(?, database || '.' || table) OR table = ''", tables).Scan(&names)
	if err != nil || len(names) == 0 {
		return " (SHOW ROW POLICIES names them, to a user with the right to SHOW ROW POLICIES)"
	}
	return " (" + strings.Join(names, "; ") + ")"
}

// countedByQuotas is what a quota can limit, as system.quota_usage names it.
var countedByQuotas = []string{"queries", "query_selects", "query_inserts", "errors", "result_rows", "result_bytes", "read_rows", "read_bytes", "execution_time", "written_bytes"}

// Quotas are the limits of our user in words. A query beyond one fails; none is cut short.
func (d *DB) Quotas(ctx context.Context) (limits []string, err error) {
	var all []string
	for _, counted := range countedByQuotas {
		all = append(all, fmt.Sprintf("if(max_%[1]s IS NULL, '', quota_name || ' allows ' || toString(max_%[1]s) || ' %[1]s in ' || toString(duration) || ' s')", counted))
	}
	err = d.QueryRow(ctx, "SELECT arraySort(groupArrayArray(arrayFilter(l -> l != '', ["+strings.Join(all, ", ")+"]))) FROM system.quota_usage").Scan(&limits)
	if err != nil {
		return nil, fmt.Errorf("asking for the quota of the user: %w", err)
	}
	return limits, nil
}
