package docs_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// guides are the pages that name parts of the project as it is; the changelog may name what is gone.
func guides(t *testing.T) map[string]string {
	t.Helper()
	pages := files(t, ".md")
	delete(pages, "CHANGELOG.md")
	return pages
}

// named lists what the guides put between backquotes, with a page that does.
func named(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for page, text := range guides(t) {
		for _, code := range inline.FindAllString(fence.ReplaceAllString(text, ""), -1) {
			found[strings.Trim(code, "`")] = page
		}
	}
	return found
}

var testName = regexp.MustCompile(`^(Test|Fuzz|Benchmark|Example)[A-Z]\w*$`)

// TestNamedTestsExist finds every Go test that a guide names.
func TestNamedTestsExist(t *testing.T) {
	sources := strings.Join(values(files(t, "_test.go", "connectortest/suite.go")), "\n")
	for name, page := range named(t) {
		if testName.MatchString(name) && !strings.Contains(sources, "func "+name+"(") {
			t.Errorf("%s names the test %s, which is not there", page, name)
		}
	}
}

// path matches what can only be a path of the project: it begins with one of its folders.
var path = regexp.MustCompile(`^(\.ci|cmd|connectors|dbt|deploy|docs|pipelines|schemas)/[\w./-]+$`)

// TestNamedFilesExist finds every file and folder that a guide names.
func TestNamedFilesExist(t *testing.T) {
	for name, page := range named(t) {
		if !path.MatchString(name) {
			continue
		}
		if _, err := os.Stat(filepath.Join(top, filepath.FromSlash(name))); err != nil {
			t.Errorf("%s names %s, which is not there", page, name)
		}
	}
}

// TestFileMapIsComplete holds the file map of ARCHITECTURE to the folders with Go code.
func TestFileMapIsComplete(t *testing.T) {
	text := files(t, "ARCHITECTURE.md")["ARCHITECTURE.md"]
	for file := range files(t, ".go") {
		parts := strings.Split(file, "/")
		if parts[0] == "connectors" && slices.Contains(schemas.Suppliers, parts[1]) {
			continue // the map has them as one: connectors/<supplier>
		}
		folder := strings.Join(parts[:min(2, len(parts)-1)], "/")
		if !strings.Contains(text, "`"+folder+"`") && !strings.Contains(text, "`"+folder+"/`") {
			t.Errorf("ARCHITECTURE.md does not name the folder %s (of %s)", folder, file)
		}
	}
}

var (
	command     = regexp.MustCompile(`(?m)(?:bin/|\x60|^\s*)doorstroom ([a-z]+)`)
	commandUse  = regexp.MustCompile(`Use:\s+"([a-z]+)`)
	target      = regexp.MustCompile(`make ([a-z][a-z-]*)`)
	targetRule  = regexp.MustCompile(`(?m)^([a-z][a-z-]*):`)
	setting     = regexp.MustCompile(`DOORSTROOM_[A-Z0-9_]*[A-Z0-9]`)
	settingRead = regexp.MustCompile(`os\.Getenv\("(DOORSTROOM_[A-Z_]+)"\)`)
	settingTag  = regexp.MustCompile(`env:"(?:, prefix=)?([A-Z_]+)`)
	settingEach = regexp.MustCompile(`each:"([A-Z_]+)`)
)

// TestNamedCommandsExist finds every subcommand and make target that a guide tells people to type.
func TestNamedCommandsExist(t *testing.T) {
	commands := matches(commandUse, strings.Join(values(files(t, ".go")), "\n"))
	targets := matches(targetRule, strings.Join(values(files(t, "Makefile", ".mk")), "\n"))
	pages := guides(t)
	maps.Copy(pages, files(t, "docker-compose.yml"))
	for page, text := range pages {
		for name := range matches(command, text) {
			if !commands[name] {
				t.Errorf("%s tells to type doorstroom %s, which is not a command", page, name)
			}
		}
		for _, code := range append(inline.FindAllString(text, -1), fence.FindAllString(text, -1)...) {
			for name := range matches(target, code) {
				if !targets[name] {
					t.Errorf("%s tells to type make %s, which is not a target", page, name)
				}
			}
		}
	}
}

// TestReadmeNamesEverything holds README to the commands and settings that there are: what nobody reads of is not used.
// Of settings that suppliers have alike it names one.
func TestReadmeNamesEverything(t *testing.T) {
	readme := files(t, "README.md")["README.md"]
	told := matches(command, readme)
	for name := range matches(commandUse, strings.Join(values(files(t, ".go")), "\n")) {
		if name != "doorstroom" && !told[name] {
			t.Errorf("README.md does not name the command doorstroom %s", name)
		}
	}
	for name := range matches(settingTag, files(t, "cmd/doorstroom/internal/settings/settings.go")["cmd/doorstroom/internal/settings/settings.go"]) {
		if !strings.HasSuffix(name, "_") && !regexp.MustCompile(`DOORSTROOM_(\w+_)?`+strings.TrimPrefix(name, "DOORSTROOM_")+`\b`).MatchString(readme) {
			t.Errorf("README.md does not name a setting %s", name)
		}
	}
}

// TestNamedSettingsExist holds every page, image and message to the settings that the program reads.
func TestNamedSettingsExist(t *testing.T) {
	known := map[string]bool{}
	text := files(t, "cmd/doorstroom/internal/settings/settings.go")["cmd/doorstroom/internal/settings/settings.go"]
	var prefixes, suffixes []string
	// Of what each supplier has settings, every one has them.
	for name := range matches(settingEach, text) {
		known[strings.TrimSuffix(name, "_")] = true
		for _, supplier := range schemas.Suppliers {
			prefixes = append(prefixes, name+strings.ToUpper(supplier)+"_")
		}
	}
	for name := range matches(settingTag, text) {
		switch {
		case strings.HasSuffix(name, "_"):
			prefixes = append(prefixes, name)
			known[strings.TrimSuffix(name, "_")] = true
		case strings.HasPrefix(name, "DOORSTROOM_"):
			known[name] = true
		default:
			suffixes = append(suffixes, name)
		}
	}
	for _, p := range prefixes {
		for _, s := range suffixes {
			known[p+s] = true
		}
	}
	// What benchmarks are told.
	maps.Copy(known, matches(settingRead, strings.Join(values(files(t, "_test.go")), "\n")))
	// What the program itself sets for dbt.
	maps.Copy(known, matches(setting, files(t, "dbt/profiles.yml")["dbt/profiles.yml"]))
	for file, text := range files(t, ".md", ".go", ".sh", ".yml", "Dockerfile", "Makefile") {
		for name := range matches(setting, text) {
			if !known[name] && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s names %s, which is not a setting of cmd/doorstroom/internal/settings/settings.go", file, name)
			}
		}
	}
}

// matches is the set of what an expression finds: its first group, or all of it.
func matches(re *regexp.Regexp, text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range re.FindAllStringSubmatch(text, -1) {
		found[m[len(m)-1]] = true
	}
	return found
}

func values(m map[string]string) []string {
	all := make([]string, 0, len(m))
	for _, v := range m {
		all = append(all, v)
	}
	return all
}
