package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

const top = "../../.."

// TestListIsComplete holds docs/licences.md to what the program uses: every Go
// module of the binary, the tests and the generators with the licence of its
// files, every pinned Python and npm package, every jar of Apache Kafka,
// every suite of others' test data, and nothing else.
func TestListIsComplete(t *testing.T) {
	modules, err := goModules(top)
	if err != nil {
		t.Fatal(err)
	}
	python, err := requirements(filepath.Join(top, "deploy", "tools", "requirements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	npm, err := npmPackages(filepath.Join(top, "deploy", "tools", "package-lock.json"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	listed := readPage(t)
	compare(t, "Go modules", listed.Go, modules, func(d dependency) string { return d.row() })
	version := func(d dependency) string { return d.Name + " " + d.Version }
	compare(t, "Python packages", listed.Python, python, version)
	compare(t, "npm packages", listed.NPM, npm, version)
	suites, err := testData(top)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "Test data", listed.TestData, suites, func(d dependency) string { return d.row() })
	jars, err := kafkaJars(filepath.Join(top, "deploy", "tools", "kafka.sha256"))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, d := range listed.Maven {
		shown = append(shown, d.jar())
	}
	slices.Sort(jars)
	slices.Sort(shown)
	if !slices.Equal(jars, shown) {
		t.Errorf("Maven packages: docs/licences.md lists the jars %v; kafka.sha256 pins %v; run make licences", shown, jars)
	}
}

// TestParseMaven reads lines as the plugin writes them.
func TestParseMaven(t *testing.T) {
	got, err := parseMaven([]byte("\nLists of 2 third-party dependencies.\n" +
		"     (BSD-2-Clause) (Public Domain, per Creative Commons CC0) HdrHistogram (org.hdrhistogram:HdrHistogram:2.2.2 - http://hdrhistogram.github.io/)\n" +
		"     (MIT) Name (with parentheses) (a.b:c_2.13:1.0 - https://example.org)\n"))
	want := []dependency{
		{Name: "a.b:c_2.13", Version: "1.0", Licence: "MIT", Use: useKafka, Source: fromMetadata},
		{Name: "org.hdrhistogram:HdrHistogram", Version: "2.2.2", Licence: "BSD-2-Clause AND CC0-1.0", Use: useKafka, Source: fromMetadata},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, line := range []string{"     (Unknown License) Name (a:b:1 - x)\n", "     no form\n"} {
		if _, err := parseMaven([]byte(line)); err == nil {
			t.Errorf("%q is no error", line)
		}
	}
}

// compare reports what the page lacks and what it has too much.
func compare(t *testing.T, what string, listed, used []dependency, key func(dependency) string) {
	t.Helper()
	if len(used) == 0 {
		t.Errorf("%s: none found", what)
	}
	have, want := map[string]bool{}, map[string]bool{}
	for _, d := range listed {
		have[key(d)] = true
	}
	for _, d := range used {
		want[key(d)] = true
		if !have[key(d)] {
			t.Errorf("%s: docs/licences.md lacks %s; run make licences", what, key(d))
		}
	}
	for k := range have {
		if !want[k] {
			t.Errorf("%s: docs/licences.md lists %s, which is not used; run make licences", what, k)
		}
	}
}

// TestEveryLicenceIsAllowed refuses a dependency under a licence that the project has not accepted.
func TestEveryLicenceIsAllowed(t *testing.T) {
	for _, d := range readPage(t).all() {
		if err := checkAllowed(d); err != nil {
			t.Error(err)
		}
	}
}

func TestCheckAllowed(t *testing.T) {
	for licence, ok := range map[string]bool{
		"MIT": true, "Apache-2.0 AND BSD-3-Clause": true,
		"AGPL": false, "MIT AND GPL": false, "": false,
	} {
		if err := checkAllowed(dependency{Name: "p", Version: "1", Licence: licence}); (err == nil) != ok {
			t.Errorf("%q: %v", licence, err)
		}
	}
}

func TestRecognise(t *testing.T) {
	const bsd = "Redistributions of source code must retain the above\n   copyright notice, this list of conditions. "
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"mit, broken over lines", "Permission is hereby granted, free of charge,\n\tto any person obtaining a copy", []string{"MIT"}},
		{"two clauses", bsd, []string{"BSD-2-Clause"}},
		{"three clauses", bsd + "may be used to endorse or\npromote products derived from this software", []string{"BSD-3-Clause"}},
		{"apache and mit in one file", "Apache License\nVersion 2.0, January 2004\n\nPermission is hereby granted, free of charge, to any person obtaining a copy", []string{"Apache-2.0", "MIT"}},
		{"mpl names the gpl", "Mozilla Public License, version 2.0 ... means either the GNU General Public License, Version 2.0, the GNU Affero General Public License, Version 3.0", []string{"MPL-2.0"}},
		{"gpl", "GNU GENERAL PUBLIC LICENSE\n Version 2, June 1991", []string{"GPL"}},
		{"unknown", "All rights reserved.", nil},
	} {
		if got := recognise(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestUnknownLicenceFails tells that a package without a known licence stops the list.
func TestUnknownLicenceFails(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte("All rights reserved."), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := licenceOf(dir); err == nil {
		t.Errorf("got %q", got)
	}
}

// TestPythonLicence reads files before metadata.
func TestPythonLicence(t *testing.T) {
	for _, c := range []struct{ name, file, metadata, licence, source string }{
		{"file", "Apache License Version 2.0", "Name: p\nLicense: MIT\n", "Apache-2.0", fromFile},
		{"metadata", "", "Name: p\nLicense-Expression: MIT\n", "MIT", fromMetadata},
		{"neither", "", "Name: p\nLicense: proprietary\n", "", ""},
	} {
		info := t.TempDir()
		files := map[string]string{"METADATA": c.metadata}
		if c.file != "" {
			files["licenses/LICENSE"] = c.file
		}
		for name, text := range files {
			path := filepath.Join(info, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		licence, source, err := pythonLicence(info)
		if licence != c.licence || source != c.source || (err == nil) != (c.licence != "") {
			t.Errorf("%s: %q from %q, %v", c.name, licence, source, err)
		}
	}
}

// readPage reads the tables of docs/licences.md.
func readPage(t *testing.T) page {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, "docs", "licences.md"))
	if err != nil {
		t.Fatal(err)
	}
	var p page
	into := map[string]*[]dependency{"Go modules": &p.Go, "Python packages": &p.Python, "npm packages": &p.NPM, "Maven packages": &p.Maven, "Test data": &p.TestData}
	var rows *[]dependency
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			rows = into[title]
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if rows == nil || len(cells) != 5 || cells[0] == "package" || cells[0] == "---" {
			continue
		}
		*rows = append(*rows, dependency{Name: cells[0], Version: cells[1], Licence: cells[2], Use: cells[3], Source: cells[4]})
	}
	return p
}

// TestSuites reads where test data is from and under which licence, and fails for data that does not say.
func TestSuites(t *testing.T) {
	const readme = "* Source: https://github.com/a/b, commit `0123456789abcdef0123456789abcdef01234567`.\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  dependency
	}{
		{"a licence file", map[string]string{"README.md": readme, "LICENSE": "Apache License Version 2.0"}, dependency{"github.com/a/b", "0123456789ab", "Apache-2.0", useSuites, fromFile}},
		{"metadata", map[string]string{"README.md": readme, "package.json": `{"license":"MIT"}`}, dependency{"github.com/a/b", "0123456789ab", "MIT", useSuites, fromMetadata}},
		{"no licence", map[string]string{"README.md": readme, "package.json": "{}"}, dependency{}},
		{"no source", map[string]string{"README.md": "somewhere", "LICENSE": "Apache License Version 2.0"}, dependency{}},
		{"nothing", nil, dependency{}},
	} {
		dir := t.TempDir()
		for name, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := suite(dir); got != c.want || (err == nil) != (c.want.Name != "") {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

// TestSBOM holds the SBOM of the page to every module that go.mod requires and the program or its tests use, and to
// every package that the lock files pin.
func TestSBOM(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sbom.cdx.json")
	listed := readPage(t)
	if err := listed.writeBOM(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	bom := cdx.NewBOM()
	if err := cdx.NewBOMDecoder(file, cdx.BOMFileFormatJSON).Decode(bom); err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, c := range *bom.Components {
		if have[c.PackageURL] || c.Version == "" || c.Licenses == nil || len(*c.Licenses) == 0 {
			t.Errorf("%s stands there twice, or without a version or licence", c.PackageURL)
		}
		have[c.PackageURL] = true
	}
	if want := len(listed.Go) + len(listed.Python) + len(listed.NPM) + len(listed.Maven); len(have) != want {
		t.Errorf("the SBOM has %d components, want %d", len(have), want)
	}
	modules, err := goModules(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range modules {
		if purl := "pkg:golang/" + m.Name + "@" + m.Version; !have[purl] {
			t.Errorf("the SBOM lacks %s", purl)
		}
	}
	for _, purl := range []string{"pkg:pypi/dbt-core@", "pkg:npm/%40chdb/lib-linux-x64-gnu@", "pkg:maven/org.apache.kafka/kafka_2.13@"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(have)), func(s string) bool { return strings.HasPrefix(s, purl) }) {
			t.Errorf("the SBOM lacks %s", purl)
		}
	}
}
