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
// also when a person was erased from its facts since. Until all are made and
// tested they count as not made.
// With ClickHouse away the error is one of warehouse.Away; making them again is safe.
func MakeMarts(ctx context.Context, db *warehouse.DB, d *DBT, of MartsOf) (MartsOutcome, error) {
	edition, build := of.Edition, of.Build
	project, err := projectHash()
	if err != nil {
		return 0, err
	}
	old, err := readMarts(ctx, db, edition)
	switch {
	case err != nil:
		return 0, err
	case old.made() && old.build == build && old.project == project:
		return MartsUnchanged, nil
	case old.made() && old.build == build && of.Closed:
		return MartsLeft, nil
	}
	if err := noteMarts(ctx, db, edition, marts{build: build}); err != nil {
		return 0, err
	}
	if err := d.Build(ctx, edition.String()); err != nil {
		if away := db.Ping(ctx); warehouse.Away(away) {
			return 0, fmt.Errorf("%w; %w", away, err)
		}
		return 0, totalsThatDiffer(ctx, db, edition, err)
	}
	return MartsMade, noteMarts(ctx, db, edition, marts{build: build, project: project})
}

// marts is what ops.mart_build has of an edition.
type marts struct {
	begun bool
	// build is that of the facts they are made of, project the hash of what made and tested them: empty while it is at it, and
	// when it broke off.
	build   uint64
	project string
}

func (m marts) made() bool { return m.project != "" }

func readMarts(ctx context.Context, db *warehouse.DB, edition schemas.Date) (marts, error) {
	m := marts{begun: true}
	err := db.QueryRow(ctx, "SELECT build, project FROM ops.mart_build FINAL WHERE edition = toDate(?)", edition.String()).Scan(&m.build, &m.project)
	if errors.Is(err, sql.ErrNoRows) {
		return marts{}, nil
	}
	if err != nil {
		return marts{}, fmt.Errorf("ask what the marts of %s were made of: %w", edition, err)
	}
	return m, nil
}

func noteMarts(ctx context.Context, db *warehouse.DB, edition schemas.Date, m marts) error {
	err := db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project, built_at) SELECT toDate(?), ?, ?, "+
		warehouse.After("ops.mart_build", "built_at", "edition = toDate(?)"), edition.String(), m.build, m.project, edition.String())
	if err != nil {
		return fmt.Errorf("note what the marts of %s were made of: %w", edition, err)
	}
	return nil
}

// MartsHold fails when the marts of an edition were begun and are not all made
// and tested, or are those of facts that do not stand any more. Of a closed edition they are
// what was released, whatever became of its facts.
func MartsHold(ctx context.Context, db *warehouse.DB, of MartsOf) error {
	m, err := readMarts(ctx, db, of.Edition)
	if err != nil {
		return err
	}
	why := ""
	switch {
	case !m.begun:
		return nil
	case !m.made():
		why = "are not complete: making them is under way, or broke off"
	case m.build != of.Build && !of.Closed:
		why = "are of facts that were made again since"
	default:
		return nil
	}
	return fmt.Errorf("the marts of %s %s; make them with 'doorstroom run --only marts --as-of %s'", of.Edition, why, of.Edition)
}

// totalsThatDiffer names the places where the marts' control totals do not hold, if that is what was found. The totals
// stand in marts.control_totals; a message holds none.
func totalsThatDiffer(ctx context.Context, db *warehouse.DB, edition schemas.Date, found error) error {
	if !strings.Contains(found.Error(), "control_totals_agree") {
		return found // the test did not fail: what the mart holds may be of an earlier build
	}
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
	m, err := readMarts(ctx, db, edition)
	if err != nil || !m.begun {
		return err
	}
	return noteMarts(ctx, db, edition, marts{build: m.build})
}

// HasMarts tells whether marts of an edition were ever begun.
func HasMarts(ctx context.Context, db *warehouse.DB, edition schemas.Date) (bool, error) {
	m, err := readMarts(ctx, db, edition)
	return m.begun, err
}
