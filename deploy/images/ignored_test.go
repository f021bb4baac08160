package images_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// madeByExamples are the folders and files that the examples of pages and of --help have people make or fill in the folder where
// they stand: after a flag or >, or a list of erase. Capitals stand for a folder of the reader's choice
var madeByExamples = regexp.MustCompile(`(?m)\bdoorstroom [a-z][^\n|'` + "`" + `]*`)

var placeInExample = regexp.MustCompile(`(?:--(?:out|data|landing|dir|reply|identity)|>)[ =](?:\./)?([a-z][A-Za-z0-9_.-]*)|\s([a-z]+\.txt)\b`)

// TestGitIgnoresWhatExamplesMake: deliveries, data folders and reports are never a commit away from being published.
func TestGitIgnoresWhatExamplesMake(t *testing.T) {
	places := placesInExamples(t)
	for _, known := range []string{"landing", "suppliers", "report", "data", "data-restored", "demo", "pseudonyms.txt", "key.txt", "changes.csv"} {
		if !slices.Contains(places, known) {
			t.Errorf("the examples do not make %s any more, or this test does not find it: %q", known, places)
		}
	}
	for _, place := range append(places, "backup", "reports", ".env", "somewhere/doorstroom-2026-06-30.html", "somewhere/doorstroom-2026-06-30.en.html") {
		if !ignoredByGit(t, place) {
			t.Errorf("git would take %s along: name it in .gitignore", place)
		}
	}
	for _, ours := range []string{"README.md", "go.mod", "pipelines/report/report.go", "connectors/landing/landing.go", "pipelines/report/reference/uwv_sector.csv"} {
		if ignoredByGit(t, ours) {
			t.Errorf("git leaves %s out", ours)
		}
	}
}

func placesInExamples(t *testing.T) (places []string) {
	t.Helper()
	for _, pattern := range []string{"README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/*.md", "cmd/doorstroom/*/*.go", "deploy/demo/demo.sh"} {
		pages, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil || len(pages) == 0 {
			t.Fatalf("%s: %d pages, %v", pattern, len(pages), err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, example := range madeByExamples.FindAllString(strings.ReplaceAll(string(text), `\n`, "\n"), -1) {
				for _, place := range placeInExample.FindAllStringSubmatch(example, -1) {
					places = append(places, place[1]+place[2])
				}
			}
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// ignoredByGit asks git about a file of that name, or in a folder of it, in a repository with our .gitignore and nothing else.
func ignoredByGit(t *testing.T, place string) bool {
	t.Helper()
	repository := t.TempDir()
	git := func(args ...string) error {
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "core.excludesFile=", "-C", repository}, args...)...)
		return cmd.Run()
	}
	if err := git("init", "--quiet"); err != nil {
		t.Fatalf("git init: %v", err)
	}
	if err := os.WriteFile(filepath.Join(repository, ".gitignore"), []byte(read(t, ".gitignore")), 0o600); err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(place) == "" {
		place += "/a"
	}
	return git("check-ignore", "--quiet", place) == nil
}
