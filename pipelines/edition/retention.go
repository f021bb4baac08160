package edition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrRemoved says that rows that an edition is made of are gone because their retention period was over.
var ErrRemoved = errors.New("rows that it is made of were removed, their retention period is over ('doorstroom retain')")

// ReplacedBefore lists what newer full deliveries drawn on or before a day replaced: no edition looks at it whose cut-off
// is on or after that day.
func ReplacedBefore(ctx context.Context, db *warehouse.DB, day schemas.Date) ([]versions.Replaced, error) {
	loads, err := accepted(ctx, db)
	if err != nil {
		return nil, err
	}
	return versions.NewScope(loads, day).Replaced(), nil
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

// OldBuild is a build that is not current.
type OldBuild struct {
	Number  uint64
	Edition string
	Rows    uint64
}

// OldBuilds lists builds begun before a moment that are not current and that nobody works on, with rows of facts.
func OldBuilds(ctx context.Context, db *warehouse.DB, before time.Time) (list []OldBuild, err error) {
	rows, err := db.Query(ctx, sqlFiles.Render("old_builds.sql", map[string]int64{"Before": before.UnixMicro()}))
	if err != nil {
		return nil, fmt.Errorf("looking for builds that are not current: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b OldBuild
		if err := rows.Scan(&b.Number, &b.Edition, &b.Rows); err != nil {
			return nil, fmt.Errorf("looking for builds that are not current: %w", err)
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// DropBuild drops the rows of a build that is not current.
func DropBuild(ctx context.Context, db *warehouse.DB, b OldBuild) error {
	for _, t := range schemas.FactTables {
		// Names of partitions are made of the two values, which no person is in.
		if err := db.Exec(ctx, fmt.Sprintf("ALTER TABLE facts_store.%s DROP PARTITION ('%s', %d)", t.Name, b.Edition, b.Number)); err != nil {
			return fmt.Errorf("dropping the rows of build %d: %w", b.Number, err)
		}
	}
	return nil
}
