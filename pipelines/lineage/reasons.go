package lineage

import (
	"context"
	"fmt"
)

// Records are compared in two rounds as facts are: most say the same in both
// editions. A round groups so many at a time, which bounds its memory.
const (
	recordsPerSearch = 32 << 20
	recordsPerPass   = 4 << 20
)

// findReasons makes the table reason: per u, how much of what differs. One u may have several rows.
func (c *Comparison) findReasons(ctx context.Context) error {
	if err := c.exec(ctx, "CREATE TABLE %s (u UInt32, fresh UInt64, corrected UInt64, gone UInt64, linked UInt64, unlinked UInt64) ENGINE = MergeTree ORDER BY u", c.table("reason")); err != nil {
		return err
	}
	if err := c.compareRecords(ctx); err != nil {
		return fmt.Errorf("comparing records: %w", err)
	}
	if err := c.compareLinks(ctx); err != nil {
		return fmt.Errorf("comparing links: %w", err)
	}
	if err := c.shareReasons(ctx); err != nil {
		return fmt.Errorf("comparing conflicts: %w", err)
	}
	return nil
}

// mixed tells records apart, but for chance; two that it mixes up are both looked at closely.
const mixed = "bitXor(id, sipHash64(record))"

// differingRecords finds the records that are in one edition only or do not say the same in both.
const differingRecords = `INSERT INTO %[1]s SELECT k FROM (
		SELECT ` + mixed + ` AS k, reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1))) AS h FROM %[2]s WHERE k %% %[4]d = %[5]d
		UNION ALL SELECT ` + mixed + ` AS k, negate(reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1)))) FROM %[3]s WHERE k %% %[4]d = %[5]d)
	GROUP BY k HAVING sum(h) != 0`

// recordReasons says what it is that differs. A record that went to another person by itself was corrected,
// for both; one that a link took along was not.
const recordReasons = `INSERT INTO %[1]s SELECT u, countIf(what = 1), countIf(what = 2), countIf(what = 3), 0, 0 FROM (
	SELECT arrayJoin(multiIf(NOT in_a, [(ub, 1)], NOT in_b, [(ua, 3)],
			da != db OR ua != ub AND wa != wb, if(ua = ub, [(ub, 2)], [(ua, 2), (ub, 2)]), CAST([], 'Array(Tuple(UInt32, UInt8))'))) AS t, t.1 AS u, t.2 AS what
	FROM (
		SELECT record, id, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(digest, e = 0) AS da, maxIf(digest, e = 1) AS db,
			maxIf(whose, e = 0) AS wa, maxIf(whose, e = 1) AS wb, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub
		FROM (
			SELECT record, id, digest, whose, m.u AS u, 0 AS e FROM (SELECT * FROM %[2]s WHERE %[5]s) AS h INNER JOIN %[4]s AS m USING (person)
			UNION ALL SELECT record, id, digest, whose, person, 1 FROM %[3]s WHERE %[5]s)
		GROUP BY record, id))
	GROUP BY u`

func (c *Comparison) compareRecords(ctx context.Context) error {
	if err := c.exec(ctx, "CREATE TABLE %s (k UInt64) ENGINE = MergeTree ORDER BY tuple()", c.table("differing")); err != nil {
		return err
	}
	a, b := c.a.Table("holds"), c.b.Table("holds")
	passes := 1 + (c.a.Records+c.b.Records)/recordsPerSearch
	for pass := range passes {
		if err := c.exec(ctx, differingRecords, c.table("differing"), a, b, passes, pass); err != nil {
			return err
		}
	}
	var differing uint64
	if err := c.db.QueryRow(ctx, "SELECT count() FROM "+c.table("differing")).Scan(&differing); err != nil {
		return err
	}
	passes = 1 + differing/recordsPerPass
	for pass := range passes {
		these := fmt.Sprintf("%s IN (SELECT k FROM %s WHERE k %% %d = %d)", mixed, c.table("differing"), passes, pass)
		if err := c.exec(ctx, recordReasons, c.table("reason"), a, b, c.table("map_a"), these); err != nil {
			return err
		}
	}
	return nil
}
