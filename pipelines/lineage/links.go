package lineage

import (
	"context"
	"fmt"
)

// Links are compared as sets: that of a person has the pseudonyms of the
// person, that of a conflict all pseudonyms which contradictory links hold
// together, although each of them counts as a person of its own. Somebody whose
// set has others in it than before has a new link, somebody whose set lacks others has one withdrawn.

// ofConflict is a bit of the number of a set that is a conflict; any other has the u of its person.
const ofConflict = "9223372036854775808"

// setsOf selects the number of each conflict of an edition, per pseudonym.
func setsOf(edition fmt.Stringer) string {
	return fmt.Sprintf("SELECT pseudonym, bitOr(sipHash64(conflict_id), toUInt64(%s)) AS id FROM facts.link_conflict WHERE edition = toDate('%s')", ofConflict, edition)
}

// members says of each pseudonym whose it is (ua, ub) and in which set (sa, sb) it is in the editions that have it (in_a, in_b).
const members = `CREATE TABLE %[1]s ENGINE = MergeTree ORDER BY tuple() AS
	SELECT kind, key, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub, maxIf(s, e = 0) AS sa, maxIf(s, e = 1) AS sb
	FROM (
		SELECT kind, key, u, s, 0 AS e FROM %[2]s AS p INNER JOIN %[4]s AS m USING (person)
		UNION ALL SELECT kind, key, u, s, 1 FROM %[3]s AS p INNER JOIN %[5]s AS m USING (person))
	GROUP BY kind, key`

// moved keeps those of the sets that are not the same in both editions, whole.
const moved = `CREATE TABLE %[1]s ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM %[2]s
	WHERE in_a AND sa IN (SELECT sa FROM %[2]s WHERE in_a AND (NOT in_b OR sa != sb)) OR in_b AND sb IN (SELECT sb FROM %[2]s WHERE in_b AND (NOT in_a OR sa != sb))`

// linkReasons compares the set of each person. Who is in one edition only is
// compared with the sets that the pseudonyms came from or went to. A pseudonym
// that nobody had before was linked if a conflict has it: nothing else need tell of it.
const linkReasons = `INSERT INTO %[1]s SELECT u, 0, 0, 0, linked, unlinked FROM (
	SELECT u, max(both.n < later.n) AS linked, max(both.n < earlier.n) AS unlinked FROM (
		SELECT u, sa, sb FROM (SELECT ua AS u, any(sa) AS sa FROM %[2]s WHERE in_a GROUP BY u) AS x
			INNER JOIN (SELECT ub AS u, any(sb) AS sb FROM %[2]s WHERE in_b GROUP BY u) AS y USING (u)
		UNION ALL SELECT ua, sa, sb FROM %[2]s WHERE in_a AND in_b AND ua NOT IN (SELECT ub FROM %[2]s WHERE in_b)
		UNION ALL SELECT ub, sa, sb FROM %[2]s WHERE in_a AND in_b AND ub NOT IN (SELECT ua FROM %[2]s WHERE in_a)) AS k
	INNER JOIN (SELECT sa, sb, count() AS n FROM %[2]s WHERE in_a AND in_b GROUP BY sa, sb) AS both USING (sa, sb)
	INNER JOIN (SELECT sa, count() AS n FROM %[2]s WHERE in_a GROUP BY sa) AS earlier USING (sa)
	INNER JOIN (SELECT sb, count() AS n FROM %[2]s WHERE in_b GROUP BY sb) AS later USING (sb)
	GROUP BY u HAVING linked OR unlinked
	UNION ALL SELECT ub, 1, 0 FROM %[2]s WHERE in_b AND NOT in_a AND sb >= ` + ofConflict + `
	UNION ALL SELECT ua, 0, 1 FROM %[2]s WHERE in_a AND NOT in_b AND sa >= ` + ofConflict + `)`

func (c *Comparison) compareLinks(ctx context.Context) error {
	err := c.exec(ctx, members, c.table("member"), c.a.Table("pseudonym"), c.b.Table("pseudonym"), c.table("map_a"), c.table("map_b"))
	if err != nil {
		return err
	}
	if err := c.exec(ctx, moved, c.table("moved"), c.table("member")); err != nil {
		return err
	}
	return c.exec(ctx, linkReasons, c.table("reason"), c.table("moved"))
}

// sums adds up the rows of table reason.
const sums = "sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked"

// shareReasons makes the table shared: per u in a conflict, the reasons of all
// in it. A record goes to its V, and yet it can say something about the B that a conflict has too.
func (c *Comparison) shareReasons(ctx context.Context) error {
	in := fmt.Sprintf("SELECT DISTINCT u, s FROM (SELECT u, s FROM %s WHERE s >= %[3]s UNION ALL SELECT u, s FROM %[2]s WHERE s >= %[3]s)", c.table("map_a"), c.table("map_b"), ofConflict)
	return c.exec(ctx, `CREATE TABLE %[1]s ENGINE = MergeTree ORDER BY u AS SELECT u, `+sums+` FROM (%[2]s) AS x
		INNER JOIN (SELECT s, `+sums+` FROM (%[2]s) AS y INNER JOIN %[3]s AS r USING (u) GROUP BY s) AS z USING (s) GROUP BY u`, c.table("shared"), in, c.table("reason"))
}
