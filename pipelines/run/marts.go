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

// MakeMarts builds and tests the marts of an edition from the facts of a build;
// done is false when they stand already, made of the same facts by the same
// project.
func MakeMarts(ctx context.Context, db *warehouse.DB, d *DBT, edition schemas.Date, build uint64) (done bool, err error) {
	project, err := projectHash()
	if err != nil {
		return false, err
	}
	var oldBuild uint64
	var oldProject string
	err = db.QueryRow(ctx, "SELECT build, project FROM ops.mart_build FINAL WHERE edition = toDate(?)", edition.String()).Scan(&oldBuild, &oldProject)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("ask what the marts of %s were made of: %w", edition, err)
	}
	if err == nil && oldBuild == build && oldProject == project {
		return false, nil
	}
	if err := d.Build(ctx, edition.String()); err != nil {
		return false, err
	}
	err = db.Exec(ctx, "INSERT INTO ops.mart_build (edition, build, project) VALUES (toDate(?), ?, ?)", edition.String(), build, project)
	if err != nil {
		return false, fmt.Errorf("note what the marts of %s were made of: %w", edition, err)
	}
	return true, nil
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
