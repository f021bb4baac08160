// Package docs_test holds the pages of the project to what is there: links,
// and the names of files, tests, commands, targets and settings.
package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const top = ".."

// made are folders that make or a run leaves in the project; they hold no page of ours.
var made = map[string]bool{".git": true, ".tools": true, "bin": true, "data": true, "demo": true, "bench-data": true, "node_modules": true}

// files reads all files of the project whose name ends so, by path from the top.
func files(t *testing.T, suffixes ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		if entry.IsDir() {
			if made[relative] || entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		for _, suffix := range suffixes {
			if strings.HasSuffix(relative, suffix) && entry.Type().IsRegular() {
				text, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				found[relative] = string(text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("no file ends in %v", suffixes)
	}
	return found
}

var (
	fence  = regexp.MustCompile("(?ms)^ *```.*?^ *```[^\n]*$")
	inline = regexp.MustCompile("`[^`\n]+`")
	link   = regexp.MustCompile(`!?\[[^\]]*\]\(([^)\s]+)\)`)
	head   = regexp.MustCompile(`(?m)^#+ +(.*?) *$`)
)

// TestLinks follows every link of every page that stays inside the project, to
// its file and to its heading.
func TestLinks(t *testing.T) {
	pages := files(t, ".md")
	for page, text := range pages {
		text = inline.ReplaceAllString(fence.ReplaceAllString(text, ""), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target := m[1]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			file, anchor, _ := strings.Cut(target, "#")
			to := page
			if file != "" {
				to = filepath.ToSlash(filepath.Join(filepath.Dir(page), file))
			}
			if _, err := os.Stat(filepath.Join(top, to)); err != nil {
				t.Errorf("%s: link to %s, which is not there", page, target)
				continue
			}
			if anchor != "" && !anchors(pages[to])[anchor] {
				t.Errorf("%s: link to %s: no such heading", page, target)
			}
		}
	}
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// anchors are the headings of a page as links name them.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range head.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		found[strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return found
}

// TestDecisionsAreListed holds the list of decisions complete.
func TestDecisionsAreListed(t *testing.T) {
	pages := files(t, ".md")
	list := pages["docs/decisions/README.md"]
	for page := range pages {
		name, ok := strings.CutPrefix(page, "docs/decisions/")
		if ok && name != "README.md" && !strings.Contains(list, "("+name+")") {
			t.Errorf("docs/decisions/README.md does not list %s", name)
		}
	}
}
