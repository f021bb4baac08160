// Package marts holds the pages about marts for 'doorstroom marts': one for each mart, as go generate ./dbt writes them.
package marts

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.md
var pages embed.FS

// overview is the page about all of them, which tells of no mart.
const overview = "README.md"

// Names lists the marts, in alphabetical order.
func Names() (names []string) {
	found, _ := fs.Glob(pages, "*.md") // fails on a bad pattern only
	for _, page := range found {
		if page != overview {
			names = append(names, strings.TrimSuffix(page, ".md"))
		}
	}
	return names
}

// Page is the page about a mart, in Markdown; ok is whether there is one.
func Page(name string) (text string, ok bool) {
	content, err := pages.ReadFile(name + ".md")
	return string(content), err == nil && name+".md" != overview
}

// Question is the question that a mart answers: the one bold line of its page.
func Question(name string) (string, error) {
	text, _ := Page(name)
	for line := range strings.Lines(text) {
		if question, ok := strings.CutPrefix(strings.TrimSpace(line), "**"); ok {
			return strings.TrimSuffix(question, "**"), nil
		}
	}
	return "", fmt.Errorf("the page of %s has no question: run 'go generate ./dbt'", name)
}
