package lineage

import (
	"context"
	"fmt"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Comparison is a comparison of two standing editions, in tables that Drop takes away.
type Comparison struct {
	db            *warehouse.DB
	before, after *edition.Standing
	a, b          *edition.Trace // of before and after
}

// A pair is a person of the one edition and the same person of the other,
// known by a number u: that of the person in the later edition, or for who is
// in the earlier one only, its number there and this bit.
const onlyBefore = "2147483648"

// Compare finds what changed between two editions that stand and why; it fails
// with facts.ErrNoEdition or ErrUntraceable. Query
// then gives the answer. Memory does not grow with the editions but for the
// link graph, as in a build; ClickHouse works in passes.
//
// Persons are matched by the pseudonyms that they share. Of several that share
// one, the one with the same person_id is the same person, else the smallest
// person_id; the others appeared or disappeared.
//
// Why a person changed is everything that differs about that person: records
// that nobody had, that say something else, that are gone, pseudonyms that came
// or went, the definitions. When nothing of it differs and the facts do, only
// the cut-off, the grid end or the geography is left: that is called time.
func Compare(ctx context.Context, db *warehouse.DB, before, after schemas.Date) (c *Comparison, err error) {
	c = &Comparison{db: db}
	defer func() {
		if err != nil {
			_ = c.Drop(context.WithoutCancel(ctx)) // the next build drops them anyway
		}
	}()
	if c.before, err = readStanding(ctx, db, before); err != nil {
		return c, err
	}
	if c.after, err = readStanding(ctx, db, after); err != nil {
		return c, err
	}
	if c.a, err = c.before.Trace(ctx, db); err != nil {
		return c, err
	}
	if c.b, err = c.after.Trace(ctx, db); err != nil {
		return c, err
	}
	for _, step := range []func(context.Context) error{c.match, c.findReasons, c.findChanges} {
		if err = step(ctx); err != nil {
			return c, fmt.Errorf("comparing editions %s and %s: %w", before, after, err)
		}
	}
	return c, nil
}

// Drop takes the tables away.
func (c *Comparison) Drop(ctx context.Context) error {
	for _, t := range []*edition.Trace{c.a, c.b} {
		if t != nil {
			if err := t.Drop(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// Query selects table, cohort, column, why and persons: how many persons of a
// cohort have something else in a column of a table. Column appeared and
// disappeared count persons as such; column rows, those who have other rows.
// The cohort is that of the later edition, where the person is in it.
func (c *Comparison) Query() string {
	definition := "[]"
	if c.before.DefinitionVersion != c.after.DefinitionVersion {
		definition = "['definition']"
	}
	reasons := `(SELECT u, arrayFilter(x -> x != '', [if(fresh > 0, 'new records', ''), if(corrected > 0, 'corrected records', ''), if(gone > 0, 'withdrawn records', ''),
			if(linked > 0, 'new link', ''), if(unlinked > 0, 'withdrawn link', '')]) AS what FROM (SELECT u, ` + sums + ` FROM %s GROUP BY u))`
	return fmt.Sprintf(`SELECT table, cohort, column, why, count() AS persons FROM (
	SELECT c.table AS table, toNullable(nullIf(p.cohort, 0)) AS cohort, c.column AS column, arrayStringConcat(if(empty(reasons), ['time'], reasons), ' + ') AS why,
		arrayConcat(%s, if(empty(r.what) AND c.table = '%s', s.what, r.what)) AS reasons
	FROM %s AS c
	INNER JOIN %s AS p USING (u)
	LEFT JOIN %s AS r USING (u)
	LEFT JOIN %s AS s USING (u))
GROUP BY table, cohort, column, why ORDER BY table, cohort, column, why`,
		definition, conflicts, c.table("change"), c.table("pair"), fmt.Sprintf(reasons, c.table("reason")), fmt.Sprintf(reasons, c.table("shared")))
}

func (c *Comparison) table(name string) string { return c.b.Table(name) }

func (c *Comparison) exec(ctx context.Context, format string, args ...any) error {
	return c.db.Exec(ctx, fmt.Sprintf(format, args...))
}

// all runs statements one after the other.
func (c *Comparison) all(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if err := c.db.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// match makes the table pair (u, a, b, cohort): a and b are the person_id in
// each edition, empty where there is none; and the tables map_a and map_b from number to u.
func (c *Comparison) match(ctx context.Context) error {
	candidates := fmt.Sprintf(`SELECT a.person AS p, b.person AS q, any(x.person_id != y.person_id) AS other
		FROM %s AS a INNER JOIN %s AS b USING (kind, key) INNER JOIN %s AS x ON x.person = a.person INNER JOIN %s AS y ON y.person = b.person GROUP BY p, q`,
		c.a.Table("pseudonym"), c.b.Table("pseudonym"), c.a.Table("person"), c.b.Table("person"))
	err := c.all(ctx,
		"CREATE TABLE "+c.table("candidate")+" ENGINE = MergeTree ORDER BY tuple() AS "+candidates,
		fmt.Sprintf(`CREATE TABLE %[1]s ENGINE = MergeTree ORDER BY p AS SELECT p, q FROM (SELECT p, argMin(q, (other, q)) AS q FROM %[2]s GROUP BY p) AS x
			INNER JOIN (SELECT q, argMin(p, (other, p)) AS p FROM %[2]s GROUP BY q) AS y USING (p, q)`, c.table("same"), c.table("candidate")),
		c.mapOf("map_a", c.before.CutOff, fmt.Sprintf("SELECT person, if(there, toUInt32(q), toUInt32(person + %s)) AS u, person_id FROM %s AS a LEFT JOIN (SELECT p AS person, q, 1 AS there FROM %s) AS s USING person",
			onlyBefore, c.a.Table("person"), c.table("same"))),
		c.mapOf("map_b", c.after.CutOff, "SELECT person, person AS u, person_id FROM "+c.b.Table("person")))
	if err != nil {
		return fmt.Errorf("matching persons: %w", err)
	}
	err = c.exec(ctx, `CREATE TABLE %[1]s ENGINE = MergeTree ORDER BY u AS SELECT u, max(a0) AS a, max(b0) AS b, if(max(b0) != '', max(cb), max(ca)) AS cohort FROM (
			SELECT m.u AS u, toString(m.person_id) AS a0, '' AS b0, ifNull(f.cohort, 0) AS ca, 0 AS cb FROM %[2]s AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('%[4]s')
			UNION ALL SELECT m.u, '', toString(m.person_id), 0, ifNull(f.cohort, 0) FROM %[3]s AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('%[5]s'))
		GROUP BY u`, c.table("pair"), c.table("map_a"), c.table("map_b"), c.before.CutOff, c.after.CutOff)
	if err != nil {
		return fmt.Errorf("matching persons: %w", err)
	}
	return c.checkPairs(ctx)
}

// mapOf makes a table of the persons of an edition: number, u, person_id and the number of their set.
func (c *Comparison) mapOf(name string, edition schemas.Date, persons string) string {
	return fmt.Sprintf("CREATE TABLE %s ENGINE = MergeTree ORDER BY person AS SELECT person, u, person_id, if(id = 0, toUInt64(u), id) AS s FROM (%s) AS p LEFT JOIN (%s) AS k ON k.pseudonym = p.person_id",
		c.table(name), persons, setsOf(edition))
}

// checkPairs holds the persons that were found again against those that the editions have.
func (c *Comparison) checkPairs(ctx context.Context) error {
	var a, b uint64
	if err := c.db.QueryRow(ctx, "SELECT countIf(a != ''), countIf(b != '') FROM "+c.table("pair")).Scan(&a, &b); err != nil {
		return fmt.Errorf("counting persons: %w", err)
	}
	if a != c.before.Persons || a != c.a.Persons || c.a.Records != c.before.Records {
		return untraceable(ctx, c.db, c.before.CutOff, errOtherFacts.Error())
	}
	if b != c.after.Persons || b != c.b.Persons || c.b.Records != c.after.Records {
		return untraceable(ctx, c.db, c.after.CutOff, errOtherFacts.Error())
	}
	return nil
}
