package main

import (
	"fmt"
	"strings"
)

// missingFacts makes the tables of more_facts.csv that no landed migration makes. One that landed must have stayed:
// editions that stand have rows of it.
func missingFacts(columns []factColumn, landed []migration) (s steps, err error) {
	all := upwards(landed)
	for _, table := range byTable(columns) {
		name, store, view := table[0].table, storeOfFacts(table), viewOfFacts(table)
		switch {
		case !strings.Contains(all, "CREATE TABLE IF NOT EXISTS facts_store."+name+"\n"):
			s.add(store, "DROP TABLE IF EXISTS facts_store."+name)
			s.add(view, "DROP VIEW IF EXISTS facts."+name)
		case !strings.Contains(all, store) || !strings.Contains(all, view):
			return s, fmt.Errorf("table %s of schemas/more_facts.csv landed and is another one now, and editions that stand have rows of it: "+
				"restore its lines, or write by hand the migration that brings rows and view over, and give the generator what it reads", name)
		}
	}
	return s, nil
}

// storeOfFacts holds the rows of all builds, as those of the contract's tables are held.
func storeOfFacts(columns []factColumn) string {
	list := []string{"    build UInt64 COMMENT 'Build that made the row.'"}
	for _, c := range columns {
		list = append(list, fmt.Sprintf("    `%s` %s", c.name, c.kind))
	}
	name := columns[0].table
	return fmt.Sprintf(`CREATE TABLE IF NOT EXISTS facts_store.%s
(
%s
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (%s)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.%s instead.'`, name, strings.Join(list, ",\n"), factTables[name].key, name)
}

// viewOfFacts shows those of the builds that stand.
func viewOfFacts(columns []factColumn) string {
	list, names := viewColumns(columns)
	name := columns[0].table
	return fmt.Sprintf(`CREATE OR REPLACE VIEW facts.%s
(
%s
)
AS SELECT %s
FROM facts_store.%s
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT %s`, name, list, names, name, sqlText(factTables[name].grain))
}

// viewColumns describes the columns of a view, and selects them.
func viewColumns(columns []factColumn) (described, selected string) {
	var list, names []string
	for _, c := range columns {
		list = append(list, fmt.Sprintf("    `%s` %s COMMENT %s", c.name, c.kind, sqlText(c.definition)))
		names = append(names, "`"+c.name+"`")
	}
	return strings.Join(list, ",\n"), strings.Join(names, ", ")
}

// byTable divides columns that stand table by table.
func byTable(columns []factColumn) (tables [][]factColumn) {
	for i, c := range columns {
		if i == 0 || c.table != columns[i-1].table {
			tables = append(tables, nil)
		}
		tables[len(tables)-1] = append(tables[len(tables)-1], c)
	}
	return tables
}

// upwards is what all migrations do on the way up.
func upwards(landed []migration) string {
	var all strings.Builder
	for _, m := range landed {
		up, _, _ := strings.Cut(m.text, "-- +goose Down")
		all.WriteString(up)
	}
	return all.String()
}
