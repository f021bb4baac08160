package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/schemas"
)

// TestEraseSomebodyOfMany erases whoever has most records of a population that
// every supplier knows. Nothing changes for anybody else, the marts of an open
// edition are made again, those of a closed one stay to the digit.
func TestEraseSomebodyOfMany(t *testing.T) {
	t.Parallel()
	u, landing := twoEditions(t)
	closeEdition(u, editionDay)
	id := u.value("SELECT person_id FROM (SELECT person_id, count() AS n FROM facts.month_status WHERE edition = '" + laterDay + "' AND working GROUP BY person_id) AS m " +
		"INNER JOIN (SELECT person_id FROM facts.person WHERE edition = '" + laterDay + "' AND linkage = 'linked') AS p USING person_id ORDER BY n DESC, person_id LIMIT 1")
	asked(u, id)
	others, closed := othersFacts(u, id), closedMarts(u)
	persons := func(edition, from string) string {
		return u.value("SELECT sum(persons) FROM " + from + " WHERE edition = '" + edition + "'")
	}
	before := persons(laterDay, "marts.person_linkage")
	out := u.withInput(id, "erase", "--landing", landing, "--why", "request 2").exits(0).out
	if !strings.Contains(out, "uwv/") || !strings.Contains(out, "marts of "+laterDay+": made and tested") {
		t.Errorf("it says\n%s", out)
	}
	assertErased(t, u, id[1:])
	if left := queryLogs(u); len(left) > 0 {
		t.Errorf("files of the log of queries are left: %q", left)
	}
	u.run("deliveries", "--detail").exits(0)
	if got := othersFacts(u, id); got != others {
		t.Errorf("the facts of others are\n%s\nand were\n%s", got, others)
	}
	if got := closedMarts(u); got != closed {
		t.Errorf("the marts of the closed edition changed:\n%s\nthey were\n%s", got, closed)
	}
	if after := persons(laterDay, "marts.person_linkage"); number(t, after) != number(t, before)-1 || persons(laterDay, "marts.editions") != after {
		t.Errorf("the marts count %s persons, before %s", after, before)
	}
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error { // as if another version of the program had made them
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) SELECT edition, build, 'other' FROM ops.mart_build FINAL WHERE edition = '"+editionDay+"'")
	})
	u.run("run", "--from", "facts", "--as-of", editionDay).exits(0)
	if got := closedMarts(u); got != closed {
		t.Error("another run changed the marts of the closed edition")
	}
}

func number(t *testing.T, text string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// asked leaves a query about the person in the server's log.
func asked(u *user, id string) {
	u.t.Helper()
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		logged := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"log_queries": 1}))
		if err := e.Warehouse.Exec(logged, "SELECT * FROM facts.person WHERE person_id = '"+id+"' FORMAT Null"); err != nil {
			return err
		}
		for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			var n uint64
			if err := e.Warehouse.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database = 'system' AND name = 'query_log' AND total_rows > 0").Scan(&n); err != nil || n > 0 {
				return err
			}
		}
		return fmt.Errorf("the server wrote no log of queries")
	})
	if kept := queryLogs(u); len(kept) == 0 {
		u.t.Fatal("no file of the log of queries was found: look where they are now")
	}
}

// queryLogs lists the files of the server's log of queries, which another server does not open.
func queryLogs(u *user) []string {
	u.t.Helper()
	files, err := filepath.Glob(filepath.Join(u.data, "clickhouse", "store", "data", "system", "*", "*", "*.bin"))
	if err != nil {
		u.t.Fatal(err)
	}
	return files
}

// othersFacts hashes per edition and table what does not name a person.
func othersFacts(u *user, id string) string {
	u.t.Helper()
	var parts []string
	for _, table := range schemas.FactTables {
		person := "person_id"
		if table.Name == "link_conflict" {
			person = "pseudonym"
		}
		parts = append(parts, fmt.Sprintf("SELECT edition, '%s' AS name, count() AS n, sum(sipHash64(toString(tuple(t.*)))) AS hash FROM facts.%s AS t WHERE %s != '%s' GROUP BY edition", table.Name, table.Name, person, id))
	}
	return u.run("sql", "--format", "CSV", "SELECT * FROM ("+strings.Join(parts, " UNION ALL ")+") ORDER BY edition, name").exits(0).out
}

// closedMarts hashes every mart of the closed edition.
func closedMarts(u *user) string {
	u.t.Helper()
	var parts []string
	for _, row := range u.run("sql", "--format", "CSV", "SELECT name FROM system.tables WHERE database = 'marts' ORDER BY name").exits(0).rows() {
		parts = append(parts, fmt.Sprintf("SELECT '%s' AS mart, count() AS n, sum(sipHash64(toString(tuple(t.*)))) AS hash FROM marts.%s AS t WHERE edition = '%s'", row[0], row[0], editionDay))
	}
	return u.run("sql", "--format", "CSV", "SELECT * FROM ("+strings.Join(parts, " UNION ALL ")+") ORDER BY mart").exits(0).out
}
