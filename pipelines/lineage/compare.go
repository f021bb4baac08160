package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/facts"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Comparison is a comparison of two standing editions, in tables that Drop takes away.
type Comparison struct {
	db            *warehouse.DB
	before, after *facts.Standing
	a, b          *facts.Trace // of before and after
}

// A pair is a person of the one edition and the same person of the other,
// known by a number u: that of the person in the later edition, or for who is
// in the earlier one only, its number there and this bit.
const onlyBefore = "2147483648"

const (
	// recordsPerPass and personsPerPass bound what one query groups, and so its memory.
	recordsPerPass = 16 << 20
	personsPerPass = 1 << 18
)

// Compare finds what changed between two editions that stand and why. Query
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
	if c.before, err = facts.ReadStanding(ctx, db, before); err != nil {
		return c, err
	}
	if c.after, err = facts.ReadStanding(ctx, db, after); err != nil {
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
	for _, t := range []*facts.Trace{c.a, c.b} {
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
	definition := ""
	if c.before.DefinitionVersion != c.after.DefinitionVersion {
		definition = "'definition', "
	}
	return fmt.Sprintf(`SELECT table, cohort, column, why, count() AS persons FROM (
	SELECT c.table AS table, toNullable(nullIf(p.cohort, 0)) AS cohort, c.column AS column,
		arrayStringConcat(if(empty(reasons), ['time'], reasons), ' + ') AS why,
		arrayFilter(x -> x != '', [%s if(r.fresh > 0, 'new records', ''), if(r.corrected > 0, 'corrected records', ''),
			if(r.gone > 0, 'withdrawn records', ''), if(r.linked > 0, 'new link', ''), if(r.unlinked > 0, 'withdrawn link', '')]) AS reasons
	FROM %s AS c
	INNER JOIN %s AS p USING (u)
	LEFT JOIN (SELECT u, sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked FROM %s GROUP BY u) AS r USING (u))
GROUP BY table, cohort, column, why ORDER BY table, cohort, column, why`,
		definition, c.table("change"), c.table("pair"), c.table("reason"))
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
		fmt.Sprintf("CREATE TABLE %s ENGINE = MergeTree ORDER BY person AS SELECT person, if(there, toUInt32(q), toUInt32(person + %s)) AS u, person_id FROM %s AS a LEFT JOIN (SELECT p AS person, q, 1 AS there FROM %s) AS s USING person",
			c.table("map_a"), onlyBefore, c.a.Table("person"), c.table("same")),
		fmt.Sprintf("CREATE TABLE %s ENGINE = MergeTree ORDER BY person AS SELECT person, person AS u, person_id FROM %s", c.table("map_b"), c.b.Table("person")))
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

// checkPairs holds the persons that were found again against those that the editions have.
func (c *Comparison) checkPairs(ctx context.Context) error {
	var a, b uint64
	if err := c.db.QueryRow(ctx, "SELECT countIf(a != ''), countIf(b != '') FROM "+c.table("pair")).Scan(&a, &b); err != nil {
		return fmt.Errorf("counting persons: %w", err)
	}
	if a != c.before.Persons || b != c.after.Persons || a != c.a.Persons || b != c.b.Persons ||
		c.a.Records != c.before.Records || c.b.Records != c.after.Records {
		return errOtherFacts
	}
	return nil
}

// findReasons makes the table reason: per u, how much of what differs.
func (c *Comparison) findReasons(ctx context.Context) error {
	if err := c.exec(ctx, "CREATE TABLE %s (u UInt32, fresh UInt64, corrected UInt64, gone UInt64, linked UInt64, unlinked UInt64) ENGINE = MergeTree ORDER BY u", c.table("reason")); err != nil {
		return err
	}
	passes := 1 + (c.a.Records+c.b.Records)/recordsPerPass
	for pass := range passes {
		if err := c.exec(ctx, recordReasons, c.table("reason"), c.a.Table("holds"), c.b.Table("holds"), c.table("map_a"), passes, pass); err != nil {
			return fmt.Errorf("comparing records: %w", err)
		}
	}
	if err := c.exec(ctx, linkReasons, c.table("reason"), c.a.Table("pseudonym"), c.b.Table("pseudonym"), c.table("map_a"), c.table("pair")); err != nil {
		return fmt.Errorf("comparing links: %w", err)
	}
	return nil
}

// recordReasons compares every record that holds in one of the editions. A
// record that went to another person by itself was corrected, for both; one that a link took along was not.
const recordReasons = `INSERT INTO %[1]s SELECT u, countIf(what = 1), countIf(what = 2), countIf(what = 3), 0, 0 FROM (
	SELECT arrayJoin(multiIf(NOT in_a, [(ub, 1)], NOT in_b, [(ua, 3)],
			da != db OR ua != ub AND wa != wb, if(ua = ub, [(ub, 2)], [(ua, 2), (ub, 2)]), CAST([], 'Array(Tuple(UInt32, UInt8))'))) AS t, t.1 AS u, t.2 AS what
	FROM (
		SELECT record, id, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(digest, e = 0) AS da, maxIf(digest, e = 1) AS db,
			maxIf(whose, e = 0) AS wa, maxIf(whose, e = 1) AS wb, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub
		FROM (
			SELECT record, id, digest, whose, m.u AS u, 0 AS e FROM %[2]s AS h INNER JOIN %[4]s AS m USING (person) WHERE id %% %[5]d = %[6]d
			UNION ALL SELECT record, id, digest, whose, person, 1 FROM %[3]s WHERE id %% %[5]d = %[6]d)
		GROUP BY record, id))
	GROUP BY u`

// linkReasons compares to whom each pseudonym belongs. Who lost one to nobody
// or to somebody lost a link, who got one gained a link; who is in one edition
// only shares the reason of the person that the pseudonym came from or went to.
const linkReasons = `INSERT INTO %[1]s SELECT u, 0, 0, 0, countIf(what = 1), countIf(what = 2) FROM (
	SELECT arrayJoin(arrayFilter(x -> x.2 != 0, [
			(ua, multiIf(NOT in_a, 0, in_b AND ua = ub, 0, pa.a != '' AND pa.b != '', 2, in_b, 1, 0)),
			(ub, multiIf(NOT in_b, 0, in_a AND ua = ub, 0, pb.a != '' AND pb.b != '', 1, in_a, 2, 0))])) AS t, t.1 AS u, t.2 AS what
	FROM (
		SELECT kind, key, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub
		FROM (
			SELECT kind, key, m.u AS u, 0 AS e FROM %[2]s AS p INNER JOIN %[4]s AS m USING (person)
			UNION ALL SELECT kind, key, person, 1 FROM %[3]s)
		GROUP BY kind, key HAVING in_a != in_b OR ua != ub) AS k
	LEFT JOIN %[5]s AS pa ON pa.u = k.ua LEFT JOIN %[5]s AS pb ON pb.u = k.ub)
	GROUP BY u`

// findChanges makes the table change (table, column, u).
func (c *Comparison) findChanges(ctx context.Context) error {
	err := c.all(ctx,
		"CREATE TABLE "+c.table("change")+" (table LowCardinality(String), column LowCardinality(String), u UInt32) ENGINE = MergeTree ORDER BY tuple()",
		fmt.Sprintf("INSERT INTO %s SELECT 'person', multiIf(a = '', 'appeared', b = '', 'disappeared', 'person_id'), u FROM %s WHERE a != b", c.table("change"), c.table("pair")))
	if err != nil {
		return err
	}
	passes := 1 + max(c.before.Persons, c.after.Persons)/personsPerPass
	for _, t := range schemas.FactTables {
		if t.Name == "link_conflict" {
			continue
		}
		for pass := range passes {
			if err := c.exec(ctx, "%s", c.changesOf(t, passes, pass)); err != nil {
				return fmt.Errorf("comparing %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

// rowKeys tell the rows of one person apart.
var rowKeys = map[string][]string{
	"person": nil, "milestone": {"kind"}, "month_status": {"month"}, "work_spell": {"spell"}, "job": {"employer", "job"}, "bijstand_spell": {"spell"},
}

// changesOf compares, per person in both editions, a hash of each column over
// all rows. Months count up to the grid end of both: later ones are new to everybody.
func (c *Comparison) changesOf(t schemas.FactTable, passes, pass uint64) string {
	keys := rowKeys[t.Name]
	hashed, columns := []string{"sipHash64(tuple(" + strings.Join(append([]string{"1"}, keys...), ", ") + "))"}, []string{"'rows'"}
	for _, column := range t.Columns[2:] {
		if slices.Contains(keys, column.Name) {
			continue
		}
		hashed = append(hashed, "sipHash64(tuple("+strings.Join(append([]string{"f.`" + column.Name + "`"}, keys...), ", ")+"))")
		columns = append(columns, "'"+column.Name+"'")
	}
	within := ""
	if t.Name == "month_status" {
		within = fmt.Sprintf(" AND month <= toDate('%s')", min(c.before.GridEnd, c.after.GridEnd).Time().Format("2006-01-02"))
	}
	side := func(edition schemas.Date, people, id string, e int) string {
		return fmt.Sprintf("SELECT p.u AS u, [%s] AS hashes, %d AS e FROM facts.%s AS f INNER JOIN (SELECT u, toFixedString(%s, 27) AS person_id FROM %s WHERE a != '' AND b != '' AND u %% %d = %d) AS p USING (person_id) WHERE edition = toDate('%s')%s",
			strings.Join(hashed, ", "), e, t.Name, id, people, passes, pass, edition, within)
	}
	return fmt.Sprintf(`INSERT INTO %s SELECT '%s', arrayJoin(arrayFilter((name, x, y) -> x != y, [%s], arrayResize(ha, %[4]d), arrayResize(hb, %[4]d))), u FROM (
		SELECT u, sumForEachIf(hashes, e = 0) AS ha, sumForEachIf(hashes, e = 1) AS hb FROM (%[5]s UNION ALL %[6]s) GROUP BY u)`,
		c.table("change"), t.Name, strings.Join(columns, ", "), len(columns),
		side(c.before.CutOff, c.table("pair"), "a", 0), side(c.after.CutOff, c.table("pair"), "b", 1))
}
