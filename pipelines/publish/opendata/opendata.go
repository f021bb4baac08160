// Package opendata writes a release as files for anybody: each table as CSV
// with CSVW metadata and as Parquet, and one DCAT-AP-NL description of all of
// them. It is given what is published and decides nothing.
package opendata

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"doorstroom/pipelines/publish"
	"doorstroom/pipelines/publish/catalogue"
)

// Write puts a release into a folder, which is made when it is not there. All files are finished before the first appears
// under its name; the same release gives the same bytes.
func Write(folder string, c *catalogue.Catalogue, release publish.Release, tables []publish.Table) (err error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("make the folder for open data; choose another one with --out: %w", err)
	}
	hidden, err := os.MkdirTemp(folder, ".publish-")
	if err != nil {
		return fmt.Errorf("make a folder for files in the making in %s: %w", folder, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(hidden)) }()
	w := files{folder: hidden, catalogue: c, release: release, tables: tables}
	if err := w.all(); err != nil {
		return fmt.Errorf("write release %s as open data: %w", release.Release, err)
	}
	for _, name := range w.names {
		if err := os.Rename(filepath.Join(hidden, name), filepath.Join(folder, name)); err != nil {
			return fmt.Errorf("put %s into its place: %w", name, err)
		}
	}
	return nil
}

// files is a release on its way into a folder.
type files struct {
	folder    string
	catalogue *catalogue.Catalogue
	release   publish.Release
	tables    []publish.Table
	names     []string // files that are finished
}

func (w *files) all() error {
	for _, t := range w.tables {
		for _, write := range []func(publish.Table) error{w.csv, w.csvw, w.parquet} {
			if err := write(t); err != nil {
				return fmt.Errorf("table %s: %w", t.Entry.Name, err)
			}
		}
	}
	return w.dcat()
}

// file finishes one file.
func (w *files) file(name string, content []byte) error {
	w.names = append(w.names, name)
	return os.WriteFile(filepath.Join(w.folder, name), content, 0o600)
}
