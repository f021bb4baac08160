package marts

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

// Outcome tells what Make came to.
type Outcome uint8

// The outcomes.
const (
	// Made: they were made and tested.
	Made Outcome = iota
	// Unchanged: they stand already, made of the same facts by the same project.
	Unchanged
	// Left: they stand, the edition is closed, and this project would make them otherwise.
	Left
)

// String says it in a line of a run.
func (o Outcome) String() string {
	switch o {
	case Unchanged:
		return "unchanged"
	case Left:
		return "closed, left as they are although this program would make others"
	}
	return "made and tested"
}

// Edition is one whose marts are made: its day, the build of its facts, and whether it was released.
type Edition struct {
	CutOff schemas.Date
	Build  uint64
	Closed bool
}

// Make builds and tests the marts of an edition. Those of a closed edition
// are left as they are, once there are any: released numbers came from them,
// also when a person was erased from its facts since. Until all are made and
// tested they count as not made.
// With ClickHouse away the error is one of warehouse.Away; making them again is safe.
func Make(ctx context.Context, db *warehouse.DB, d *DBT, of Edition) (Outcome, error) {
	edition, build := of.CutOff, of.Build
	project, err := projectHash()
	if err != nil {
		return 0, err
	}
	old, err := read(ctx, db, edition)
	switch {
	case err != nil:
		return 0, err
	case old.made() && old.build == build && old.project == project:
		return Unchanged, nil
	case old.made() && old.build == build && of.Closed:
		return Left, nil
	}
	if err := note(ctx, db, edition, noted{build: build}); err != nil {
		return 0, err
	}
	if err := d.Build(ctx, edition.String()); err != nil {
		if away := db.Ping(ctx); warehouse.Away(away) {
			return 0, fmt.Errorf("%w; %w", away, err)
		}
		return 0, totalsThatDiffer(ctx, db, edition, err)
	}
	return Made, note(ctx, db, edition, noted{build: build, project: project})
}

// noted is what ops.mart_build has of an edition.
type noted struct {
	begun bool
	// build is that of the facts they are made of, project the hash of what made and tested them: empty while it is at it, and
	// when it broke off.
	build   uint64
	project string
}

func (n noted) made() bool { return n.project != "" }

func read(ctx context.Context, db *warehouse.DB, edition schemas.Date) (noted, error) {
	m := noted{begun: true}
	err := db.QueryRow(ctx, "SELECT build, project FROM ops.mart_build FINAL WHERE edition = toDate(?)", edition.String()).Scan(&m.build, &m.project)
	if errors.Is(err, sql.ErrNoRows) {
		return noted{}, nil
	}
	if err != nil {
		return noted{}, fmt.Errorf("ask what the marts of %s were made of: %w", edition, err)
	}
	return m, nil
}

func note(ctx context.Context, db *warehouse.DB, edition schemas.Date, n noted) error {
	err := db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project, built_at) SELECT toDate(?), ?, ?, "+
		warehouse.After("ops.mart_build", "built_at", "edition = toDate(?)"), edition.String(), n.build, n.project, edition.String())
	if err != nil {
		return fmt.Errorf("note what the marts of %s were made of: %w", edition, err)
	}
	return nil
}

// Hold fails when the marts of an edition were begun and are not all made
// and tested, or are those of facts that do not stand any more. Of a closed edition they are
// what was released, whatever became of its facts.
func Hold(ctx context.Context, db *warehouse.DB, of Edition) error {
	m, err := read(ctx, db, of.CutOff)
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
	return fmt.Errorf("the marts of %s %s; make them with 'doorstroom run --only marts --as-of %s'", of.CutOff, why, of.CutOff)
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

// Drop removes the marts of an edition; the next Make makes them again.
func Drop(ctx context.Context, db *warehouse.DB, edition schemas.Date) error {
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
	m, err := read(ctx, db, edition)
	if err != nil || !m.begun {
		return err
	}
	return note(ctx, db, edition, noted{build: m.build})
}

// Begun tells whether marts of an edition were ever begun.
func Begun(ctx context.Context, db *warehouse.DB, edition schemas.Date) (bool, error) {
	m, err := read(ctx, db, edition)
	return m.begun, err
}
