package edition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrRemoved says that rows that an edition is made of are gone because their retention period was over.
var ErrRemoved = errors.New("rows that it is made of were removed, their retention period is over ('doorstroom retain')")

// Replaced are rows of a record in a load that no edition looks at whose cut-off is on or after a day.
type Replaced struct {
	Load   Load
	Record string
	// Keep are the municipalities whose rows are still looked at; empty when none is.
	Keep []schemas.Code
}

// ReplacedBefore lists what newer full deliveries drawn on or before a day replaced.
func ReplacedBefore(ctx context.Context, db *warehouse.DB, day schemas.Date) ([]Replaced, error) {
	loads, err := accepted(ctx, db)
	if err != nil {
		return nil, err
	}
	return newScope(loads, day).replaced(), nil
}

func (s *scope) replaced() (list []Replaced) {
	for i := range s.loads {
		for _, record := range s.loads[i].Records {
			r := Replaced{Load: s.loads[i], Record: record}
			whole := false
			for _, src := range s.sources[record] {
				if src.load != r.Load.ID {
					continue
				}
				if whole = src.municipality == 0; whole {
					break
				}
				r.Keep = append(r.Keep, src.municipality)
			}
			if !whole && len(r.Keep) < max(1, len(r.Load.Municipalities)) {
				list = append(list, r)
			}
		}
	}
	return list
}

// FirstBuildable is the first cut-off of which an edition can be built; zero when nothing was removed.
func FirstBuildable(ctx context.Context, db *warehouse.DB) (schemas.Date, error) {
	var n uint64
	var before time.Time
	if err := db.QueryRow(ctx, "SELECT count(), max(before) FROM ops.retention WHERE layer = 'replaced'").Scan(&n, &before); err != nil {
		return 0, fmt.Errorf("asking what was removed: %w", err)
	}
	if n == 0 {
		return 0, nil
	}
	return schemas.DateFromTime(before), nil
}

// buildable fails with ErrRemoved when an edition cannot be made any more.
func buildable(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) error {
	first, err := FirstBuildable(ctx, db)
	if err == nil && cutOff < first {
		err = fmt.Errorf("edition %s: %w; the first that can be built is %s", cutOff, ErrRemoved, first)
	}
	return err
}

// OldBuild is a build that does not stand.
type OldBuild struct {
	Number  uint64
	Edition string
	Rows    uint64
}

// OldBuilds lists builds begun before a moment that do not stand and that nobody works on, with rows of facts.
func OldBuilds(ctx context.Context, db *warehouse.DB, before time.Time) (list []OldBuild, err error) {
	rows, err := db.Query(ctx, `SELECT toUInt64(extract(partition, ',(\\d+)\\)$')) AS build, extract(partition, '\\d+-\\d+-\\d+'), sum(rows) FROM system.parts
		WHERE database = 'facts_store' AND active GROUP BY partition
		HAVING build < ? AND build NOT IN (SELECT build FROM ops.standing_build) AND build NOT IN (SELECT build FROM ops.build FINAL WHERE status = 'open')
		ORDER BY build`, uint64(before.UnixMicro()))
	if err != nil {
		return nil, fmt.Errorf("looking for builds that do not stand: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b OldBuild
		if err := rows.Scan(&b.Number, &b.Edition, &b.Rows); err != nil {
			return nil, fmt.Errorf("looking for builds that do not stand: %w", err)
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// DropBuild drops the rows of a build that does not stand.
func DropBuild(ctx context.Context, db *warehouse.DB, b OldBuild) error {
	for _, t := range schemas.FactTables {
		// Names of partitions are made of the two values, which no person is in.
		if err := db.Exec(ctx, fmt.Sprintf("ALTER TABLE facts_store.%s DROP PARTITION ('%s', %d)", t.Name, b.Edition, b.Number)); err != nil {
			return fmt.Errorf("dropping the rows of build %d: %w", b.Number, err)
		}
	}
	return nil
}
