package route_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/how_we_count.md from the folder spec")

const howWeCountHead = `# How we count

Made from the cases in ` + "`pipelines/route/spec`" + ` by ` + "`go generate ./pipelines/route/`" + `; do not edit. Every case below is run by ` + "`go test ./pipelines/route/`" + `, twice: on the code that makes the facts, and on a slow reference that states the same definitions day by day.

A case shows the records of one person, and of the facts only the columns that the rule is about. What a table of records leaves out has an ordinary value, see ` + "`pipelines/route/spec/README.md`" + `. ` + "`-`" + ` is absent or empty, NULL is not known.

`

// TestHowWeCount holds the page equal to the cases.
func TestHowWeCount(t *testing.T) {
	var page strings.Builder
	page.WriteString(howWeCountHead)
	files := specFiles(t)
	for _, file := range files {
		fmt.Fprintf(&page, "* %s\n", file.Title)
	}
	page.WriteString("\n")
	for _, file := range files {
		page.WriteString(file.Markdown())
	}
	want := strings.TrimRight(page.String(), "\n") + "\n"

	path := filepath.Join("..", "..", "docs", "how_we_count.md")
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatalf("write the page: %v", err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read the page (make it with go generate ./pipelines/route/): %v", err)
	}
	if string(got) != want {
		t.Error("docs/how_we_count.md is not what the folder spec makes: run go generate ./pipelines/route/")
	}
}
