package run

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"doorstroom/dbt"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// MartsOutcome tells what MakeMarts came to.
type MartsOutcome uint8

// The outcomes.
const (
	// MartsMade: they were made and tested.
	MartsMade MartsOutcome = iota
	// MartsUnchanged: they stand already, made of the same facts by the same project.
	MartsUnchanged
	// MartsLeft: they stand, the edition is closed, and this project would make them otherwise.
	MartsLeft
)

// MartsOf is the edition whose marts are made: its day, the build of its facts,
// and whether it was released.
type MartsOf struct {
	Edition schemas.Date
	Build   uint64
	Closed  bool
}

// MakeMarts builds and tests the marts of an edition. Those of a closed edition
// are left as they are, once there are any: released numbers came from them,
// also when a person was erased from its facts since.
func MakeMarts(ctx context.Context, db *warehouse.DB, d *DBT, of MartsOf) (MartsOutcome, error) {
	edition, build := of.Edition, of.Build
	project, err := projectHash()
	if err != nil {
		return 0, err
	}
	var oldBuild uint64
	var oldProject string
	err = db.QueryRow(ctx, "SELECT build, project FROM ops.mart_build FINAL WHERE edition = toDate(?)", edition.String()).Scan(&oldBuild, &oldProject)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("ask what the marts of %s were made of: %w", edition, err)
	}
	switch {
	case err == nil && oldBuild == build && oldProject == project:
		return MartsUnchanged, nil
	case err == nil && oldBuild == build && of.Closed:
		return MartsLeft, nil
	}
	if err := d.Build(ctx, edition.String()); err != nil {
		return 0, totalsThatDiffer(ctx, db, edition, err)
	}
	err = db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) VALUES (toDate(?), ?, ?)", edition.String(), build, project)
	if err != nil {
		return 0, fmt.Errorf("note what the marts of %s were made of: %w", edition, err)
	}
	return MartsMade, nil
}

// totalsThatDiffer names the places where the marts' control totals do not hold, if that is what was found. The totals
// stand in marts.control_totals; a message holds none.
func totalsThatDiffer(ctx context.Context, db *warehouse.DB, edition schemas.Date, found error) error {
	rows, err := db.Query(ctx, "SELECT concat(step, ', ', place, ': ', measure) FROM marts.control_totals WHERE edition = toDate(?) AND NOT agrees ORDER BY step, place, measure", edition.String())
	if err != nil {
		return found // they were not made
	}
	defer rows.Close()
	var places []string
	for rows.Next() {
		var place string
		if err := rows.Scan(&place); err != nil {
			return found
		}
		places = append(places, place)
	}
	if len(places) == 0 || rows.Err() != nil {
		return found
	}
	return fmt.Errorf("control totals differ (mart control_totals has them): %s\n%w", strings.Join(places, "; "), found)
}

// projectHash is over the names and the bytes of the dbt project's files.
func projectHash() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(dbt.Project, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := dbt.Project.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n", path, len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the dbt project: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// DropMarts removes the marts of an edition; the next MakeMarts makes them anew.
func DropMarts(ctx context.Context, db *warehouse.DB, edition schemas.Date) error {
	rows, err := db.Query(ctx, "SELECT DISTINCT table, partition_id FROM system.parts WHERE database = 'marts' AND active AND partition = ?", edition.String())
	if err != nil {
		return fmt.Errorf("look for the marts of %s: %w", edition, err)
	}
	defer rows.Close()
	for rows.Next() {
		var table, id string
		if err := rows.Scan(&table, &id); err != nil {
			return fmt.Errorf("look for the marts of %s: %w", edition, err)
		}
		if err := db.Exec(ctx, "ALTER TABLE marts."+table+" DROP PARTITION ID '"+id+"'"); err != nil {
			return fmt.Errorf("drop the marts of %s: %w", edition, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("look for the marts of %s: %w", edition, err)
	}
	err = db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) SELECT edition, build, '' FROM ops.mart_build FINAL WHERE edition = toDate(?)", edition.String())
	if err != nil {
		return fmt.Errorf("note that the marts of %s are gone: %w", edition, err)
	}
	return nil
}

// HasMarts tells whether marts of an edition were ever made.
func HasMarts(ctx context.Context, db *warehouse.DB, edition schemas.Date) (has bool, err error) {
	if err := db.QueryRow(ctx, "SELECT count() > 0 FROM ops.mart_build WHERE edition = toDate(?)", edition.String()).Scan(&has); err != nil {
		return false, fmt.Errorf("ask whether %s has marts: %w", edition, err)
	}
	return has, nil
}
