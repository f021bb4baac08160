package main

import (
	"fmt"
	"strings"
)

// latestEdition and editionAsOf select one edition among those that stand.
const (
	latestEdition = "(SELECT max(edition) FROM ops.standing_build)"
	editionAsOf   = "(SELECT max(edition) FROM ops.standing_build WHERE edition <= {date:Date})"
)

// missingViews makes, for each table of facts, the view of all editions and those that show one edition of it, where no
// landed migration makes them as the columns are described now. A view holds no rows, so another one may take its place at
// any time.
func missingViews(columns []factColumn, landed []migration) (s steps) {
	all := upwards(landed)
	for i, statement := range editionDatabases {
		if !strings.Contains(all, statement) {
			s.add(statement, withoutEditionDatabases[i])
		}
	}
	for _, table := range byTable(columns) {
		if view := viewOfFacts(table); !strings.Contains(all, view) {
			s.add(view, lastView(all, "facts."+table[0].table))
		}
		for _, of := range []struct{ database, edition string }{{"latest", latestEdition}, {"as_of", editionAsOf}} {
			if view := editionView(of.database, of.edition, table); !strings.Contains(all, view) {
				s.add(view, "DROP VIEW IF EXISTS "+of.database+"."+table[0].table)
			}
		}
	}
	return s
}

// lastView is the statement that made a view last.
func lastView(all, name string) string {
	at := strings.LastIndex(all, "CREATE OR REPLACE VIEW "+name+"\n")
	if at < 0 {
		return "DROP VIEW IF EXISTS " + name
	}
	statement, _, _ := strings.Cut(all[at:], ";\n")
	return statement
}

// withoutEditionDatabases takes back what editionDatabases makes.
var withoutEditionDatabases = []string{
	"DROP DATABASE IF EXISTS latest", "DROP DATABASE IF EXISTS as_of", "DROP VIEW IF EXISTS ops.complete_marts",
}

// editionDatabases hold the views. Marts get theirs from dbt, by the list of editions whose marts are complete.
var editionDatabases = []string{
	"CREATE DATABASE IF NOT EXISTS latest COMMENT 'Facts and marts of one edition, the latest, so that nothing is counted twice.'",
	"CREATE DATABASE IF NOT EXISTS as_of COMMENT 'Facts and marts of the edition that was the latest on a day: as_of.person(date = ''2026-06-30'').'",
	"CREATE OR REPLACE VIEW ops.complete_marts\n(\n    `edition` Date COMMENT 'cut-off day of the edition'\n)\n" +
		"AS SELECT edition\nFROM ops.mart_build FINAL\nWHERE project != ''\n" +
		"COMMENT 'Editions of which all marts are made and tested.'",
}

// editionView shows one edition of a table of facts.
func editionView(database, edition string, columns []factColumn) string {
	list, names := viewColumns(columns)
	name := columns[0].table
	return fmt.Sprintf("CREATE OR REPLACE VIEW %s.%s\n(\n%s\n)\nAS SELECT %s\nFROM facts.%s\nWHERE edition = %s\nCOMMENT %s", database, name,
		list, names, name, edition, sqlText(factTables[name].grain))
}
