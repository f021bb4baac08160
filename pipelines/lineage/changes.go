package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	person string   // the column that says whose a row is
	keys   []string // within a person
}

// comparedTables are all tables of facts. A conflict is about pseudonyms, each of which is a person of its own.
func comparedTables() []compared {
	keys := map[string][]string{"milestone": {"kind"}, "month_status": {"month"}, "work_spell": {"spell"}, "job": {"employer", "job"}, "bijstand_spell": {"spell"}}
	var tables []compared
	for _, t := range schemas.FactTables {
		c := compared{FactTable: t, person: "person_id", keys: keys[t.Name]}
		if t.Name == conflicts {
			c.person = "pseudonym"
		}
		tables = append(tables, c)
	}
	return tables
}

const conflicts = "link_conflict"

// columns are those that can differ between two rows of the same keys.
func (t *compared) columns() (names []string) {
	for _, column := range t.Columns {
		if name := column.Name; name != "edition" && name != t.person && !slices.Contains(t.keys, name) {
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
		quoted = append(quoted, "`"+name+"`")
	}
	return "cityHash64(tuple(" + strings.Join(append(quoted, "1"), ", ") + "))"
}

// findChanges makes the table change (table, column, u).
func (c *Comparison) findChanges(ctx context.Context) error {
	err := c.all(ctx,
		"CREATE TABLE "+c.table("change")+" (table LowCardinality(String), column LowCardinality(String), u UInt32) ENGINE = MergeTree ORDER BY tuple()",
		"CREATE TABLE "+c.table("suspect")+" (table LowCardinality(String), u UInt32) ENGINE = MergeTree ORDER BY (table, u)",
		fmt.Sprintf("INSERT INTO %s SELECT 'person', multiIf(a = '', 'appeared', b = '', 'disappeared', 'person_id'), u FROM %s WHERE a != b", c.table("change"), c.table("pair")))
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
		if err := c.db.Exec(ctx, c.suspectsOf(t, fmt.Sprintf("u %% %d = %d", passes, pass))); err != nil {
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
		of := fmt.Sprintf("u %% %d = %d AND u IN (SELECT u FROM %s WHERE table = '%s')", passes, pass, c.table("suspect"), t.Name)
		if err := c.db.Exec(ctx, c.changesOf(t, of)); err != nil {
			return err
		}
	}
	return nil
}

// suspectsOf finds who of some persons in both editions has other rows: the
// hashes of the rows before and of those after do not add up to the same.
func (c *Comparison) suspectsOf(t *compared, of string) string {
	side := func(after bool, sign string) string {
		rows := fmt.Sprintf("SELECT %s, sum(reinterpretAsInt64(%s)) AS h FROM %s GROUP BY %[1]s", t.person, t.hash(t.columns()...), c.rows(t, after))
		return fmt.Sprintf("SELECT u, %s(h) AS h FROM (%s) AS f INNER JOIN (%s) AS p ON p.id = f.%s", sign, rows, c.people(after, of), t.person)
	}
	return fmt.Sprintf("INSERT INTO %s SELECT '%s', u FROM (%s UNION ALL %s) GROUP BY u HAVING sum(h) != 0",
		c.table("suspect"), t.Name, side(false, "toInt64"), side(true, "negate"))
}

// changesOf compares, for some persons, a hash of each column over all rows.
func (c *Comparison) changesOf(t *compared, of string) string {
	hashed, columns := []string{t.hash()}, []string{"'rows'"}
	for _, name := range t.columns() {
		hashed, columns = append(hashed, t.hash(name)), append(columns, "'"+name+"'")
	}
	side := func(after bool, e int) string {
		return fmt.Sprintf("SELECT p.u AS u, [%s] AS hashes, %d AS e FROM %s AS f INNER JOIN (%s) AS p ON p.id = f.%s",
			strings.Join(hashed, ", "), e, c.rows(t, after), c.people(after, of), t.person)
	}
	return fmt.Sprintf(`INSERT INTO %s SELECT '%s', arrayJoin(arrayFilter((name, x, y) -> x != y, [%s], arrayResize(ha, %[4]d), arrayResize(hb, %[4]d))), u FROM (
		SELECT u, sumForEachIf(hashes, e = 0) AS ha, sumForEachIf(hashes, e = 1) AS hb FROM (%[5]s UNION ALL %[6]s) GROUP BY u)`,
		c.table("change"), t.Name, strings.Join(columns, ", "), len(columns), side(false, 0), side(true, 1))
}

// rows are those of a table in one of the editions. Months count up to the grid end of both: later ones are new to everybody.
func (c *Comparison) rows(t *compared, after bool) string {
	edition, within := c.before.CutOff, ""
	if after {
		edition = c.after.CutOff
	}
	if t.Name == "month_status" {
		within = fmt.Sprintf(" AND month <= toDate('%s')", min(c.before.GridEnd, c.after.GridEnd).Time().Format("2006-01-02"))
	}
	return fmt.Sprintf("(SELECT * FROM facts.%s WHERE edition = toDate('%s')%s)", t.Name, edition, within)
}

// people are some of the persons in both editions, with the id that they have in one of them.
func (c *Comparison) people(after bool, of string) string {
	id := "a"
	if after {
		id = "b"
	}
	return fmt.Sprintf("SELECT u, %s AS id FROM %s WHERE a != '' AND b != '' AND %s", id, c.table("pair"), of)
}
