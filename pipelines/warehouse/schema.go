package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"

	"doorstroom/schemas/migrations"
)

// Errors of tables that are not of this version of the program: the command ends with exit code 3.
var (
	// ErrNoTables says that the warehouse has none of the program's tables, or hides them from our user.
	ErrNoTables = errors.New("ClickHouse has no tables of doorstroom, or hides them from its user")
	// ErrOlderTables says that migrations are still to be applied.
	ErrOlderTables = errors.New("the tables of the warehouse are of an older version of doorstroom")
	// ErrForeignTables says that a table under a name of ours is not ours.
	ErrForeignTables = errors.New("tables of doorstroom have other columns than it needs")
	// ErrNewerTables says that a newer program was here.
	ErrNewerTables = errors.New("the tables of the warehouse are of a newer version of doorstroom")
)

// Schema tells how the tables of a warehouse and this program stand to one another.
type Schema struct {
	// Known are the migrations of the program, Applied those of the warehouse, the oldest first.
	Known, Applied []int64
}

// Schema reads which migrations were applied; it changes nothing.
func (d *DB) Schema(ctx context.Context) (s Schema, err error) {
	if s.Known, err = knownMigrations(); err != nil {
		return s, err
	}
	database, table, _ := strings.Cut(versionTable, ".")
	var there uint64
	if err := d.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database = ? AND name = ?", database, table).Scan(&there); err != nil {
		return s, fmt.Errorf("looking for the tables of the warehouse: %w", err)
	}
	if there == 0 {
		return s, nil
	}
	// The last word about a migration counts: one that is taken back is noted too.
	err = d.QueryRow(ctx, "SELECT arraySort(groupArray(version_id)) FROM (SELECT version_id FROM "+versionTable+
		" WHERE version_id > 0 GROUP BY version_id HAVING argMax(is_applied, tstamp) = 1)").Scan(&s.Applied)
	if err != nil {
		return s, fmt.Errorf("asking which migrations were applied: %w", err)
	}
	return s, nil
}

// Missing are the migrations that are still to be applied.
func (s Schema) Missing() []int64 { return without(s.Known, s.Applied) }

// Fits is nil when the tables are those that the program works with.
func (s Schema) Fits() error {
	newer := s.Newer()
	switch missing := s.Missing(); {
	case newer != nil:
		return newer
	case len(s.Applied) == 0:
		return fmt.Errorf("%w: run 'doorstroom migrate', which makes them, or give the user the right to SELECT from database ops", ErrNoTables)
	case len(missing) > 0:
		return fmt.Errorf("%w (migration %d of %d): run 'doorstroom migrate'", ErrOlderTables, slices.Max(s.Applied), slices.Max(s.Known))
	}
	return nil
}

// Newer is an error when a newer program was here.
func (s Schema) Newer() error {
	if unknown := without(s.Applied, s.Known); len(unknown) > 0 {
		return fmt.Errorf("%w (migration %d; this program, which knows %d, could misread them): use that version, or a newer one",
			ErrNewerTables, slices.Max(unknown), slices.Max(s.Known))
	}
	return nil
}

func without(all, taken []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(all), func(n int64) bool { return slices.Contains(taken, n) })
}

func knownMigrations() (numbers []int64, err error) {
	names, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("reading the migrations: %w", err)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
