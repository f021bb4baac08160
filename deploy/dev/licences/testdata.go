package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// suiteSource is the line of a suite's README that says where it is from.
var suiteSource = regexp.MustCompile("(?m)^\\* Source: https://github\\.com/([^, ]+), commit `([0-9a-f]{40})`\\.$")

// testData lists the suites of others whose files are committed with the tests:
// the folders that hold one as files.tar.gz, beside its licence and a README.
func testData(root string) ([]dependency, error) {
	var dependencies []dependency
	err := filepath.WalkDir(filepath.Join(root, "connectors"), func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.Name() != "files.tar.gz" {
			return err
		}
		d, err := suite(filepath.Dir(path))
		if err != nil {
			return fmt.Errorf("test data %s: %w", filepath.Base(filepath.Dir(path)), err)
		}
		dependencies = append(dependencies, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for test data of others: %w", err)
	}
	return dependencies, nil
}

func suite(dir string) (dependency, error) {
	readme, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		return dependency{}, fmt.Errorf("read where it is from: %w", err)
	}
	m := suiteSource.FindSubmatch(readme)
	if m == nil {
		return dependency{}, errors.New("its README.md has no line '* Source: https://github.com/OWNER/NAME, commit `HASH`.'")
	}
	d := dependency{Name: "github.com/" + string(m[1]), Version: string(m[2][:12]), Use: useSuites, Source: fromFile}
	d.Licence, err = licenceOf(dir)
	if err == nil {
		return d, nil
	}
	text, missing := os.ReadFile(filepath.Join(dir, "package.json"))
	if missing != nil {
		return dependency{}, err
	}
	var metadata struct{ License string }
	if err := json.Unmarshal(text, &metadata); err != nil || strings.TrimSpace(metadata.License) == "" {
		return dependency{}, errors.New("neither a licence file nor a licence in package.json")
	}
	d.Licence, d.Source = metadata.License, fromMetadata
	return d, nil
}
