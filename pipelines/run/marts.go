package run

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

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
// are left as they are, once there are any: released numbers came from them.
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
		return 0, err
	}
	err = db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) VALUES (toDate(?), ?, ?)", edition.String(), build, project)
	if err != nil {
		return 0, fmt.Errorf("note what the marts of %s were made of: %w", edition, err)
	}
	return MartsMade, nil
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
