package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pin is a package at its version.
func (d dependency) pin() string { return d.Name + " " + d.Version }

func inUse(d dependency) string { return normal(d.Name) + " " + d.Version + " for " + d.Use }

// ofPython come with Python's own module venv, at the version of that Python.
var ofPython = map[string]bool{"pip": true, "setuptools": true}

// distributions are the Python packages that are installed in a virtual environment below .tools.
func distributions(t *testing.T, env, use string) (found []dependency) {
	t.Helper()
	infos, err := filepath.Glob(filepath.Join(top, ".tools", env, "lib", "python3.*", "site-packages", "*.dist-info"))
	must(t, err)
	for _, info := range infos {
		name, version, _ := strings.Cut(strings.TrimSuffix(filepath.Base(info), ".dist-info"), "-")
		if !ofPython[name] {
			found = append(found, dependency{Name: name, Version: version, Use: use})
		}
	}
	return found
}

// nodePackages are the packages of Node.js that are installed, at any depth.
func nodePackages(t *testing.T) (found []dependency) {
	t.Helper()
	modules, err := filepath.EvalSymlinks(filepath.Join(top, ".tools", "node_modules"))
	must(t, err)
	must(t, filepath.WalkDir(modules, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "package.json" {
			return err
		}
		// A package stands right below a folder node_modules, or below one of its scopes.
		parent := filepath.Dir(filepath.Dir(path))
		if scope := filepath.Base(parent); filepath.Base(parent) != "node_modules" && !strings.HasPrefix(scope, "@") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var d dependency
		if err := json.Unmarshal(text, &d); err != nil {
			return err
		}
		found = append(found, dependency{Name: d.Name, Version: d.Version})
		return nil
	}))
	return found
}

// jars are the files of a folder of jars below .tools.
func jars(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(top, ".tools", dir))
	must(t, err)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// holdJars holds Maven packages to jars: each package has at least one, and each jar is ARTIFACT-VERSION.jar of one of
// them, or ARTIFACT-VERSION-KIND.jar where it comes in several kinds.
func holdJars(t *testing.T, packages []dependency, jars []string) {
	t.Helper()
	if len(jars) == 0 {
		t.Error("no jars are installed: run make tools")
	}
	has := map[string]bool{}
	for _, jar := range jars {
		owner := slices.IndexFunc(packages, func(d dependency) bool {
			return jar == d.jar() || strings.HasPrefix(jar, strings.TrimSuffix(d.jar(), ".jar")+"-")
		})
		if owner < 0 {
			t.Errorf("the list lacks the package of %s; run make licences", jar)
			continue
		}
		has[packages[owner].pin()] = true
	}
	for _, d := range packages {
		if !has[d.pin()] {
			t.Errorf("the list has %s, of which no jar is installed; run make licences", d.pin())
		}
	}
}

func ofUse(all []dependency, use string) (some []dependency) {
	for _, d := range all {
		if d.Use == use {
			some = append(some, d)
		}
	}
	return some
}
