package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// npmPackages lists what the lock file pins, with the licence of the package's
// own file; of a package without one, what its metadata in the lock file says.
func npmPackages(lockPath, nodeModules string) ([]dependency, error) {
	text, err := os.ReadFile(lockPath)
	if err != nil {
		return nil, fmt.Errorf("read the pinned npm packages: %w", err)
	}
	var lock struct {
		Packages map[string]struct {
			Version, License string
			Dev              bool // of tests alone
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("read %s: %w", lockPath, err)
	}
	var dependencies []dependency
	for path, p := range lock.Packages {
		name, ok := strings.CutPrefix(path, "node_modules/")
		if !ok {
			continue // the project itself
		}
		d := dependency{Name: name, Version: p.Version, Licence: p.License, Use: useEngine, Source: fromMetadata}
		if p.Dev {
			d.Use = useTests
		}
		ids, err := npmLicence(filepath.Join(nodeModules, filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", d.Name, d.Version, err)
		}
		if ids != "" {
			d.Licence, d.Source = ids, fromFile
		}
		dependencies = append(dependencies, d)
	}
	slices.SortFunc(dependencies, func(a, b dependency) int { return strings.Compare(a.Name, b.Name) })
	return dependencies, nil
}

// npmLicence reads the licence files of an installed package; a package for
// another kind of machine is not installed and has none.
func npmLicence(dir string) (string, error) {
	paths, err := licenceFiles(dir)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	ids, err := recogniseFiles(paths)
	return strings.Join(ids, " AND "), err
}
