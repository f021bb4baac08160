package warehouse

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// ErrRowsHidden says that the server shows our user only some rows of the program's tables: numbers would be made of a part.
var ErrRowsHidden = errors.New("ClickHouse hides rows of doorstroom's tables from its user")

// rowFilter is how the plan of a query tells of a row policy, which any user may see who may read the table.
var rowFilter = regexp.MustCompile(`(?i)row[- ]level (security )?filter`)

// AllRows fails when a row policy on a table of the program applies to our user. Of a table that is empty only a user with the
// right to SHOW ROW POLICIES can tell.
func (d *DB) AllRows(ctx context.Context) error {
	tables, err := d.filtered(ctx)
	if err != nil {
		return err
	}
	names := d.policies(ctx)
	switch {
	case len(names) > 0:
		names = []string{" " + strings.Join(names, "; ")}
	case len(tables) > 0:
		names = []string{" on " + strings.Join(tables, ", ") + " (SHOW ROW POLICIES names them, to a user who has that right)"}
	default:
		return nil
	}
	return fmt.Errorf("%w: row policies%s apply to user %q at %s, and numbers would be those of the rows that are left. "+
		"Take that user out of these policies (ALTER ROW POLICY ... TO ALL EXCEPT %s), or set DOORSTROOM_CLICKHOUSE_USER to a user who sees every row",
		ErrRowsHidden, names[0], d.config.User, d.config.Addr, d.config.User)
}

// filtered are the tables of the program, and its own views, in whose plans a row policy stands.
func (d *DB) filtered(ctx context.Context) (some []string, err error) {
	var tables []string
	err = d.QueryRow(ctx, "SELECT arraySort(groupArray(database || '.' || name)) FROM system.tables WHERE has(?, database) AND (engine LIKE '%MergeTree' OR database = 'facts')",
		ownDatabases).Scan(&tables)
	if err != nil {
		return nil, fmt.Errorf("looking for the tables of the warehouse: %w", err)
	}
	if len(tables) == 0 {
		return nil, nil
	}
	if found, err := d.planned(ctx, tables...); err == nil && !found {
		return nil, nil
	}
	for _, table := range tables {
		found, err := d.planned(ctx, table)
		if _, answered := serverCode(err); answered {
			continue // what may not be read, or is gone by now, gives an error of its own to whoever needs it
		}
		if err != nil {
			return nil, err
		}
		if found {
			some = append(some, table)
		}
	}
	return some, nil
}

// planned tells whether a policy takes rows out of one of these tables. It reads none.
func (d *DB) planned(ctx context.Context, tables ...string) (bool, error) {
	counts := make([]string, len(tables))
	for i, table := range tables {
		counts[i] = "SELECT count() FROM (SELECT * FROM " + table + ")"
	}
	rows, err := d.Query(ctx, "EXPLAIN actions = 1 "+strings.Join(counts, " UNION ALL "))
	if err != nil {
		return false, fmt.Errorf("asking whether all rows are seen: %w", err)
	}
	defer rows.Close()
	found := false
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return false, fmt.Errorf("asking whether all rows are seen: %w", err)
		}
		found = found || rowFilter.MatchString(line)
	}
	return found, rows.Err()
}

// policies are the names of those that apply to our user, none when it may not see them.
func (d *DB) policies(ctx context.Context) (names []string) {
	err := d.QueryRow(ctx, "WITH arrayPushBack(enabledRoles(), currentUser()) AS me SELECT arraySort(groupArray(name)) FROM system.row_policies "+
		"WHERE has(?, database) AND select_filter NOT IN ('1', 'true') AND if(apply_to_all, NOT hasAny(apply_to_except, me), hasAny(apply_to_list, me))", ownDatabases).Scan(&names)
	if err != nil {
		return nil
	}
	return names
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
