package docs_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Bounds of the files of a package, tests and generated files apart.
const (
	medianFiles = 6
	mostFiles   = 25
)

// generated is the line by which Go knows files that a program wrote.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// filesByHand counts the files of each package that are neither tests nor generated.
func filesByHand(t *testing.T) map[string]int {
	t.Helper()
	count := map[string]int{}
	for name, text := range files(t, ".go") {
		if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/testdata/") || generated.MatchString(text) {
			continue
		}
		count[filepath.ToSlash(filepath.Dir(name))]++
	}
	return count
}

// TestPackagesStaySmall holds the number of files of packages to the bounds, and
// ARCHITECTURE.md to the figures, which -v prints.
func TestPackagesStaySmall(t *testing.T) {
	count := filesByHand(t)
	sizes := slices.Sorted(maps.Values(count))
	for name, n := range count {
		if n > mostFiles {
			t.Errorf("%s has %d files beside tests and generated ones, at most %d are to be: part of what it does is a package of its own", name, n, mostFiles)
		}
	}
	median := sizes[len(sizes)/2]
	if median > medianFiles {
		t.Errorf("half of the packages have %d files or more beside tests and generated ones, at most %d are to be", median, medianFiles)
	}
	row := fmt.Sprintf("| files of a package, tests and generated ones apart | %d | %d | %d | %d |", median, medianFiles, sizes[len(sizes)-1], mostFiles)
	t.Log(row)
	if page := files(t, "ARCHITECTURE.md")["ARCHITECTURE.md"]; !strings.Contains(page, row) {
		t.Errorf("ARCHITECTURE.md, Figures of the house, does not have the line\n%s", row)
	}
}
