package main

import (
	"encoding/json"
	"errors"
	"fmt"
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
	archives, err := filepath.Glob(filepath.Join(root, "connectors", "decode", "testdata", "*", "files.tar.gz"))
	if err != nil {
		return nil, fmt.Errorf("look for test data of others: %w", err)
	}
	var dependencies []dependency
	for _, archive := range archives {
		d, err := suite(filepath.Dir(archive))
		if err != nil {
			return nil, fmt.Errorf("test data %s: %w", filepath.Base(filepath.Dir(archive)), err)
		}
		dependencies = append(dependencies, d)
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
