package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/sqlfile"
	"doorstroom/schemas"
)

// Changes are looked for in two rounds, because nearly nobody changes: the
// first adds up one hash per person and finds who has other rows at all, the
// second tells for them alone which columns differ. A round takes so many persons at a time.
const (
	personsPerSearch = 1 << 22
	personsPerPass   = 1 << 18
)

// compared is a table of facts as it is compared. The rows of one person are told apart by keys.
type compared struct {
	schemas.FactTable
	Person string   // the column that says whose a row is
	keys   []string // within a person
}

// comparedTables are all tables of facts. A conflict is about pseudonyms, each of which is a person of its own.
func comparedTables() []compared {
	keys := map[string][]string{"milestone": {"kind"}, "month_status": {"month"}, "work_spell": {"spell"}, "job": {"employer", "job"}, "bijstand_spell": {"spell"},
		"participation": {"record_id"}, "work_permit": {"record_id"}, "mbo": {"record_id"}, "valuation": {"record_id"}, "contract_conversion": {"employer", "job"}}
	var tables []compared
	for _, t := range schemas.FactTables {
		c := compared{FactTable: t, Person: "person_id", keys: keys[t.Name]}
		if t.Name == conflicts {
			c.Person = "pseudonym"
		}
		tables = append(tables, c)
	}
	return tables
}

const conflicts = "link_conflict"

// columns are those that can differ between two rows of the same keys.
func (t *compared) columns() (names []string) {
	for _, column := range t.Columns {
		if name := column.Name; name != "edition" && name != t.Person && !slices.Contains(t.keys, name) {
			names = append(names, name)
		}
	}
	return names
}

// hash of some columns of a row. The tuple makes a NULL count as a value. Rows are many: cityHash64 takes a
// sixth of the time of sipHash64, and nobody chooses facts so that they collide.
func (t *compared) hash(columns ...string) string {
	var quoted []string
	for _, name := range slices.Concat(columns, t.keys) {
		quoted = append(quoted, sqlfile.Ident(name))
	}
	return "cityHash64(tuple(" + strings.Join(append(quoted, "1"), ", ") + "))"
}

// WholeHash is over all columns.
func (t *compared) WholeHash() string { return t.hash(t.columns()...) }

// ColumnHashes are over the keys alone, then over each column with them.
func (t *compared) ColumnHashes() []string {
	hashes := []string{t.hash()}
	for _, name := range t.columns() {
		hashes = append(hashes, t.hash(name))
	}
	return hashes
}

// QuotedColumns are what a difference in each of those hashes is called.
func (t *compared) QuotedColumns() []string {
	names := []string{"'rows'"}
	for _, name := range t.columns() {
		names = append(names, "'"+name+"'")
	}
	return names
}

// findChanges makes the table change (table, column, u).
func (c *Comparison) findChanges(ctx context.Context) error {
	err := c.all(ctx,
		"CREATE TABLE "+c.table("change")+" (table LowCardinality(String), column LowCardinality(String), u UInt32) ENGINE = MergeTree ORDER BY tuple()",
		"CREATE TABLE "+c.table("suspect")+" (table LowCardinality(String), u UInt32) ENGINE = MergeTree ORDER BY (table, u)",
		sqlFiles.Render("appeared.sql", c.tables))
	if err != nil {
		return err
	}
	for _, t := range comparedTables() {
		if err := c.compareTable(ctx, &t); err != nil {
			return fmt.Errorf("comparing %s: %w", t.Name, err)
		}
	}
	return nil
}

func (c *Comparison) compareTable(ctx context.Context, t *compared) error {
	passes := 1 + max(c.before.Persons, c.after.Persons)/personsPerSearch
	for pass := range passes {
		if err := c.db.Exec(ctx, sqlFiles.Render("suspects.sql", c.sides(t, part{pass, passes}, false))); err != nil {
			return err
		}
	}
	var suspects uint64
	if err := c.db.QueryRow(ctx, "SELECT count() FROM "+c.table("suspect")+" WHERE table = '"+t.Name+"'").Scan(&suspects); err != nil {
		return fmt.Errorf("counting who changed: %w", err)
	}
	if suspects == 0 {
		return nil
	}
	passes = 1 + suspects/personsPerPass
	for pass := range passes {
		if err := c.db.Exec(ctx, sqlFiles.Render("changes.sql", c.sides(t, part{pass, passes}, true))); err != nil {
			return err
		}
	}
	return nil
}

// sides is what suspects.sql and changes.sql need: a table of facts, and its rows in either edition.
type sides struct {
	Tables        tables
	Table         *compared
	Before, After side
}

// side is the rows of one edition, of some of the persons in both.
type side struct {
	tables
	part
	Table    *compared
	Suspects bool // only persons who are known to have other rows
	Edition  schemas.Date
	MonthsTo string // the last month that counts; empty for tables without months
	ID       string // the column of pair that has the person_id
	E        int    // 0 before, 1 after
	Sign     string // makes the sums of both sides cancel out
}

func (c *Comparison) sides(t *compared, p part, suspects bool) sides {
	before := side{tables: c.tables, part: p, Table: t, Suspects: suspects, Edition: c.before.CutOff, ID: "a", E: 0, Sign: "toInt64"}
	if t.Name == "month_status" {
		before.MonthsTo = min(c.before.GridEnd, c.after.GridEnd).Time().Format("2006-01-02")
	}
	after := before
	after.Edition, after.ID, after.E, after.Sign = c.after.CutOff, "b", 1, "negate"
	return sides{Tables: c.tables, Table: t, Before: before, After: after}
}
