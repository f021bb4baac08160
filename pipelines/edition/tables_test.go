package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// describe writes the columns of a table or view as ClickHouse has them.
func (e *engine) describe(t *testing.T, database, table string) string {
	t.Helper()
	return e.text(t, "SELECT arrayStringConcat(groupArray(concat(name, ' ', type)), '\n') FROM (SELECT name, type FROM system.columns WHERE database = ? AND table = ? ORDER BY position)",
		database, table)
}

// text gives the one text that a query answers.
func (e *engine) text(t testing.TB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := e.db.QueryRow(t.Context(), query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func (e *engine) number(t testing.TB, query string, args ...any) uint64 {
	t.Helper()
	var n uint64
	if err := e.db.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// TestFactTables covers what a warehouse without a build shows, and with builds that do not stand.
func TestFactTables(t *testing.T) {
	e := startEngine(t, 1<<30)
	t.Run("the views are the contract's tables and those beside them", func(t *testing.T) {
		if got, want := e.text(t, "SELECT arrayStringConcat(groupArray(name), ' ') FROM (SELECT name FROM system.tables WHERE database = 'facts' ORDER BY name)"),
			"bijstand_spell contract_conversion job link_conflict mbo milestone month_status participation person valuation work_permit work_spell"; got != want {
			t.Errorf("database facts has %s, want %s", got, want)
		}
		for _, table := range schemas.FactTables {
			var want []string
			for _, c := range table.Columns {
				want = append(want, c.Name+" "+strings.ReplaceAll(c.Type, "(9,2)", "(9, 2)")) // as ClickHouse prints it
			}
			if got := e.describe(t, "facts", table.Name); got != strings.Join(want, "\n") {
				t.Errorf("facts.%s is\n%s\nwant\n%s", table.Name, got, strings.Join(want, "\n"))
			}
		}
	})
	t.Run("an edition of nothing stands and is empty", func(t *testing.T) {
		result, err := e.facts.Build(t.Context(), day("2024-06-30"), edition.Options{})
		must(t, err)
		if result.Outcome != edition.Built || !result.NoWages() || result.Persons != 0 || result.GridEnd != 0 {
			t.Errorf("got %+v", result)
		}
		content, err := e.facts.Editions(t.Context())
		must(t, err)
		if len(content) != len(schemas.FactTables) {
			t.Fatalf("got %v", content)
		}
		for i, c := range content {
			if want := (edition.Content{CutOff: day("2024-06-30"), Table: schemas.FactTables[i].Name, Hash: "0000000000000000", Definitions: "3"}); c != want {
				t.Errorf("got %+v, want %+v", c, want)
			}
		}
	})
	t.Run("only partitions of standing builds are read", func(t *testing.T) {
		for _, build := range []int{1, 2, 3} {
			e.exec(t, fmt.Sprintf("INSERT INTO facts_store.milestone (edition, build, person_id, kind) VALUES ('2020-01-31', %d, 'x', 'exit')", build))
		}
		e.exec(t, "INSERT INTO ops.edition (edition, build, built_at) VALUES ('2020-01-31', 2, now64())")
		if n := e.number(t, "SELECT count() FROM facts.milestone WHERE edition = '2020-01-31'"); n != 1 {
			t.Errorf("facts.milestone shows %d rows, want 1", n)
		}
		plan := e.text(t, "SELECT arrayStringConcat(groupArray(explain), '\n') FROM (EXPLAIN indexes = 1 SELECT kind FROM facts.milestone)")
		if !strings.Contains(plan, "Partition") && !strings.Contains(plan, "MinMax") || !strings.Contains(plan, "Parts: 1/3") {
			t.Errorf("partitions of other builds are read:\n%s", plan)
		}
	})
	t.Run("what does not stand goes at the next build", func(t *testing.T) {
		e.exec(t, "CREATE TABLE work.b7_left (x UInt8) ENGINE = MergeTree ORDER BY x")
		_, err := e.facts.Build(t.Context(), day("2024-07-31"), edition.Options{})
		must(t, err)
		if n := e.number(t, "SELECT count() FROM facts_store.milestone WHERE build IN (1, 3)"); n != 0 {
			t.Errorf("%d rows of builds that do not stand are left", n)
		}
		if n := e.number(t, "SELECT count() FROM facts_store.milestone WHERE build = 2"); n != 1 {
			t.Errorf("%d rows of the build that stands, want 1", n)
		}
		if n := e.number(t, "SELECT count() FROM system.tables WHERE database = 'work'"); n != 0 {
			t.Errorf("%d work tables are left", n)
		}
	})
	t.Run("the same again is unchanged", func(t *testing.T) {
		result, err := e.facts.Build(t.Context(), day("2024-07-31"), edition.Options{})
		must(t, err)
		if result.Outcome != edition.Unchanged {
			t.Errorf("got %+v", result)
		}
	})
	t.Run("a closed edition is left", func(t *testing.T) {
		e.exec(t, "INSERT INTO ops.edition (edition, build, built_at, inputs, closed) SELECT edition, build, built_at, 'other', true FROM ops.edition FINAL WHERE edition = '2024-07-31'")
		result, err := e.facts.Build(t.Context(), day("2024-07-31"), edition.Options{})
		must(t, err)
		if result.Outcome != edition.LeftClosed {
			t.Errorf("got %+v", result)
		}
	})
}

func day(text string) schemas.Date {
	d, ok := schemas.ParseISO(text)
	if !ok {
		panic("no day: " + text)
	}
	return d
}
