package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// pinned matches the line of a package in a lock file, which may name extras of it.
var pinned = regexp.MustCompile(`^([A-Za-z0-9._-]+)(?:\[[A-Za-z0-9._,-]+\])?==([^ \\;]+)`)

// requirements lists the packages that a lock file pins, without licences. A line that it does not know is an error.
func requirements(path, use string) ([]dependency, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the pinned Python packages: %w", err)
	}
	var dependencies []dependency
	for line := range strings.Lines(string(text)) {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, " ") {
			continue // a remark, or a hash of the package above
		}
		m := pinned.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			return nil, fmt.Errorf("%s has a line that pins no package in a form that is known: %q", path, strings.TrimSpace(line))
		}
		dependencies = append(dependencies, dependency{Name: m[1], Version: m[2], Use: use})
	}
	if len(dependencies) == 0 {
		return nil, fmt.Errorf("%s pins no package", path)
	}
	return dependencies, nil
}

// pythonPackages reads the licence of every pinned package from its installed
// files; sitePackages may be a pattern.
func pythonPackages(path, sitePackages, use string) ([]dependency, error) {
	dependencies, err := requirements(path, use)
	if err != nil {
		return nil, err
	}
	infos, err := filepath.Glob(filepath.Join(sitePackages, "*.dist-info"))
	if err != nil {
		return nil, fmt.Errorf("look for installed Python packages: %w", err)
	}
	folders := map[string]string{}
	for _, info := range infos {
		folders[normal(strings.TrimSuffix(filepath.Base(info), ".dist-info"))] = info
	}
	for i := range dependencies {
		d := &dependencies[i]
		info, ok := folders[normal(d.Name+"-"+d.Version)]
		if !ok {
			return nil, fmt.Errorf("%s %s is pinned but not installed in %s: run make tools", d.Name, d.Version, sitePackages)
		}
		if d.Licence, d.Source, err = pythonLicence(info); err != nil {
			return nil, fmt.Errorf("%s %s: %w", d.Name, d.Version, err)
		}
	}
	return dependencies, nil
}

var separators = regexp.MustCompile(`[-_.]+`)

// normal writes a name as Python compares them.
func normal(name string) string { return strings.ToLower(separators.ReplaceAllString(name, "-")) }

// pythonLicence reads the licence files of an installed package, and its
// metadata only when it brings none that are known.
func pythonLicence(info string) (licence, source string, err error) {
	text, err := os.ReadFile(filepath.Join(info, "METADATA"))
	if err != nil {
		return "", "", fmt.Errorf("read the metadata: %w", err)
	}
	metadata, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(append(text, "\r\n\r\n"...))))
	if err != nil {
		return "", "", fmt.Errorf("read the metadata: %w", err)
	}
	paths, err := pythonLicenceFiles(info)
	if err != nil {
		return "", "", err
	}
	ids, err := recogniseFiles(paths)
	if err != nil {
		return "", "", err
	}
	if len(ids) > 0 {
		return strings.Join(ids, " AND "), fromFile, nil
	}
	for _, key := range []string{"License-Expression", "License"} {
		for _, value := range metadata.Header[key] {
			if id, ok := metadataLicences[value]; ok {
				return id, fromMetadata, nil
			}
		}
	}
	return "", "", errors.New("no licence recognised in its files or metadata: read them, and add it to recognise.go or python.go")
}

// metadataLicences are the ways in which packages without a licence file name their licence.
var metadataLicences = map[string]string{
	"MIT": "MIT", "MIT License": "MIT", "Apache-2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0", "BSD-3-Clause": "BSD-3-Clause",
}

// pythonLicenceFiles lists the licence files of an installed package, at its
// top or in its folder licenses, at any depth.
func pythonLicenceFiles(info string) ([]string, error) {
	paths, err := licenceFiles(info)
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(filepath.Join(info, "licenses"), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("look for licence files: %w", err)
	}
	slices.Sort(paths)
	return paths, nil
}
