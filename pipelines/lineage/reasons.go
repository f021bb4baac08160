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
	if err := c.db.Exec(ctx, "CREATE TABLE "+c.table("reason")+" (u UInt32, fresh UInt64, corrected UInt64, gone UInt64, linked UInt64, unlinked UInt64) ENGINE = MergeTree ORDER BY u"); err != nil {
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

// recordText is what the files about records need.
type recordText struct {
	tables
	part
}

func (c *Comparison) compareRecords(ctx context.Context) error {
	if err := c.db.Exec(ctx, "CREATE TABLE "+c.table("differing")+" (k UInt64) ENGINE = MergeTree ORDER BY tuple()"); err != nil {
		return err
	}
	passes := 1 + (c.a.Records+c.b.Records)/recordsPerSearch
	for pass := range passes {
		if err := c.db.Exec(ctx, sqlFiles.Render("differing_records.sql", recordText{c.tables, part{pass, passes}})); err != nil {
			return err
		}
	}
	var differing uint64
	if err := c.db.QueryRow(ctx, "SELECT count() FROM "+c.table("differing")).Scan(&differing); err != nil {
		return err
	}
	passes = 1 + differing/recordsPerPass
	for pass := range passes {
		if err := c.db.Exec(ctx, sqlFiles.Render("record_reasons.sql", recordText{c.tables, part{pass, passes}})); err != nil {
			return err
		}
	}
	return nil
}
