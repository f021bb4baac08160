package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

const top = "../../.."

// TestMain lets this test binary be the ClickHouse process that tells what it carries.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

// TestListIsComplete holds docs/licences.md to what is used: every Go module of the binary, the tests and the generators
// with the licence of its files, every Python, npm and Maven package that stands under .tools, every library inside
// ClickHouse's, every suite of others' test data, and nothing else.
func TestListIsComplete(t *testing.T) {
	listed := readPage(t)
	modules, err := goModules(top)
	must(t, err)
	compare(t, "Go modules", listed.Go, modules, dependency.row)
	suites, err := testData(top)
	must(t, err)
	compare(t, "Test data", listed.TestData, suites, dependency.row)
	inside, err := insideEngine(t.Context())
	must(t, err)
	compare(t, "Inside ClickHouse", listed.Inside, inside, library.row)
	compare(t, "Python packages", listed.Python, slices.Concat(
		distributions(t, "dbt", useDBT), distributions(t, "writers", useWriters), distributions(t, "lint", useLint), distributions(t, "survival", useSurvival)), inUse)
	compare(t, "npm packages", listed.NPM, nodePackages(t), dependency.pin)
	for dir, use := range map[string]string{"kafka": useKafka, "spark": useSpark} {
		holdJars(t, ofUse(listed.Maven, use), jars(t, dir))
	}
	if both := len(ofUse(listed.Maven, useKafka)) + len(ofUse(listed.Maven, useSpark)); both != len(listed.Maven) {
		t.Errorf("Maven packages: %d of %d are those of Kafka and Spark", both, len(listed.Maven))
	}
}

// TestLockFilesPinWhatIsInstalled: what make puts under .tools is what the lock files name, and nothing else.
func TestLockFilesPinWhatIsInstalled(t *testing.T) {
	tools := filepath.Join(top, "deploy", "tools")
	for _, env := range []struct{ lock, dir, use string }{{"requirements.txt", "dbt", useDBT}, {"writers.txt", "writers", useWriters}, {"lint.txt", "lint", useLint}, {"survival.txt", "survival", useSurvival}} {
		pinned, err := requirements(filepath.Join(tools, env.lock), env.use)
		must(t, err)
		compare(t, env.lock, pinned, distributions(t, env.dir, env.use), inUse)
	}
	npm, err := npmPackages(filepath.Join(tools, "package-lock.json"), t.TempDir())
	must(t, err)
	compare(t, "package-lock.json", npm, nodePackages(t), dependency.pin)
	for _, dir := range []string{"kafka", "spark"} {
		names, err := pinnedJars(filepath.Join(tools, dir+".sha256"))
		must(t, err)
		compare(t, dir+".sha256", names, jars(t, dir), func(name string) string { return name })
	}
}

// TestParseMaven reads lines as the plugin writes them.
func TestParseMaven(t *testing.T) {
	got, err := parseMaven([]byte("\nLists of 2 third-party dependencies.\n"+
		"     (BSD-2-Clause) (Public Domain, per Creative Commons CC0) HdrHistogram (org.hdrhistogram:HdrHistogram:2.2.2 - http://hdrhistogram.github.io/)\n"+
		"     (MIT) Name (with parentheses) (a.b:c_2.13:1.0 - https://example.org)\n"+
		"     (EPL 2.0) (The GNU General Public License (GPL), Version 2, With Classpath Exception) Two (d:e:2 - x)\n"+
		"     (Unknown license) oro (oro:oro:2.0.8 - no url defined)\n"), useSpark)
	want := []dependency{
		{Name: "a.b:c_2.13", Version: "1.0", Licence: "MIT", Use: useSpark, Source: fromMetadata},
		{Name: "d:e", Version: "2", Licence: "EPL-2.0 AND GPL-2.0-with-classpath-exception", Use: useSpark, Source: fromMetadata},
		{Name: "org.hdrhistogram:HdrHistogram", Version: "2.2.2", Licence: "BSD-2-Clause AND CC0-1.0", Use: useSpark, Source: fromMetadata},
		{Name: "oro:oro", Version: "2.0.8", Licence: "Apache-1.1", Use: useSpark, Source: fromFile},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, line := range []string{"     (Unknown License) Name (a:b:1 - x)\n", "     no form\n"} {
		if _, err := parseMaven([]byte(line), useKafka); err == nil {
			t.Errorf("%q is read without an error", line)
		}
	}
}

// compare reports what a list lacks and what it has too much.
func compare[T any](t *testing.T, what string, listed, used []T, key func(T) string) {
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
			t.Errorf("%s: the list lacks %s; run make licences", what, key(d))
		}
	}
	for k := range have {
		if !want[k] {
			t.Errorf("%s: the list has %s, which is not used; run make licences", what, k)
		}
	}
}

// TestInsideClickHouse refuses a library inside ClickHouse's that binds more than itself.
func TestInsideClickHouse(t *testing.T) {
	for _, l := range readPage(t).Inside {
		if err := checkInside(l); err != nil {
			t.Error(err)
		}
	}
	for l, ok := range map[library]bool{
		{"xz", "LGPL", ""}: true, {"new", "LGPL", ""}: false, {"xz", "GPL", ""}: false, {"new", "SSPL-1.0", ""}: false, {"new", "GPL-2.0-only OR BSD-3-Clause", ""}: true, {"new", "MIT", ""}: true,
	} {
		if err := checkInside(l); (err == nil) != ok {
			t.Errorf("%s under %s: %v", l.Name, l.Licence, err)
		}
	}
}

// TestParseLibraries reads lines as ClickHouse gives them.
func TestParseLibraries(t *testing.T) {
	got, err := parseLibraries("boost\tBoost\t/contrib/boost/LICENSE_1_0.txt\nxz\tLGPL\t/contrib/xz/COPYING.LGPLv2.1\n")
	if want := []library{{"boost", "Boost", "/contrib/boost/LICENSE_1_0.txt"}, {"xz", "LGPL", "/contrib/xz/COPYING.LGPLv2.1"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", "boost\tBoost\n", "\tBoost\t/x\n", "boost\t\t/x\n"} {
		if _, err := parseLibraries(text); err == nil {
			t.Errorf("%q is read without an error", text)
		}
	}
}

// TestLockFileMustBeKnown: a line of another form is not passed over.
func TestLockFileMustBeKnown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock.txt")
	for text, want := range map[string][]dependency{
		"# by hand\na==1 \\\n    --hash=sha256:0\nb-c[d,e]==2.0\n": {{Name: "a", Version: "1", Use: useDBT}, {Name: "b-c", Version: "2.0", Use: useDBT}},
		"a==1\nb>=2\n":                 nil,
		"a==1\n--find-links /wheels\n": nil,
		"# nothing\n":                  nil,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := requirements(path, useDBT)
		if !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
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
		"AGPL": false, "MIT AND GPL": false, "": false, "EPL-2.0": false, "MIT AND LGPL-2.1-only": false,
	} {
		for _, use := range []string{useBinary, useDBT, useEngine} {
			if err := checkAllowed(dependency{Name: "p", Version: "1", Licence: licence, Use: use}); (err == nil) != ok {
				t.Errorf("%q for %s: %v", licence, use, err)
			}
		}
	}
	for licence, ok := range map[string]bool{"MIT": true, "EPL-2.0 AND MIT": true, "LGPL-2.1-only": true, "AGPL": false, "GPL": false} {
		if err := checkAllowed(dependency{Name: "p", Version: "1", Licence: licence, Use: useSpark}); (err == nil) != ok {
			t.Errorf("%q for tests: %v", licence, err)
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
		{"gpl with the exception for gcc's libraries", "under the terms of the GNU General Public License as published by the Free Software Foundation; the additional\npermissions described in the GCC Runtime Library Exception, version 3.1", []string{"GPL-3.0-with-GCC-exception"}},
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
		if len(cells) == 3 && cells[0] != "library" && cells[0] != "---" {
			p.Inside = append(p.Inside, library{Name: cells[0], Licence: cells[1], File: cells[2]})
		}
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
		if carries := c.Components; strings.HasPrefix(c.PackageURL, "pkg:npm/%40chdb/") {
			if carries == nil || len(*carries) != len(listed.Inside) {
				t.Errorf("%s does not carry the %d libraries of the page", c.PackageURL, len(listed.Inside))
			}
		} else if carries != nil {
			t.Errorf("%s carries others", c.PackageURL)
		}
	}
	want := map[string]bool{}
	for _, kind := range purls {
		for _, d := range kind.list(listed) {
			want[kind.purl(d.Name)+"@"+d.Version] = true
		}
	}
	if !maps.Equal(have, want) {
		t.Errorf("the SBOM has %d components, and the page %d packages of which one or more are others", len(have), len(want))
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
	for _, purl := range []string{"pkg:pypi/dbt-core@", "pkg:pypi/mashumaro@", "pkg:pypi/pyarrow@", "pkg:npm/%40chdb/lib-linux-x64-gnu@", "pkg:maven/org.apache.kafka/kafka_2.13@", "pkg:maven/org.apache.spark/spark-sql_2.13@"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(have)), func(s string) bool { return strings.HasPrefix(s, purl) }) {
			t.Errorf("the SBOM lacks %s", purl)
		}
	}
}
