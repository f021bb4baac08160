package dbt_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/marts from the descriptions of the marts")

const indexHead = `# Marts

Tables of numbers about groups of people in database ` + "`marts`" + `, one page each: the question that it answers, what one row is, what to look out for, an example, and every column. Made from ` + "`dbt/models/marts`" + ` by ` + "`go generate ./dbt`" + `; do not edit. The same descriptions are comments in ClickHouse (` + "`SHOW CREATE TABLE marts.editions`" + `).

Every mart holds all editions: a query names one, else it adds up the same people several times. Who wants the latest reads ` + "`latest.cohort_by_k`" + `, who wants what was known on a day ` + "`as_of.cohort_by_k(date = '2026-06-30')`" + `; both are there for every mart and every table of facts. Column ` + "`edition`" + ` is the cut-off. Where a mart has a column ` + "`status`" + `, a number that is not known yet, or that cannot be asked, is NULL and never 0.

| mart | question |
| --- | --- |
`

// TestMartPages holds the pages equal to the descriptions.
func TestMartPages(t *testing.T) {
	dir := filepath.Join("..", "docs", "marts")
	index, blocks, pages := indexHead, docsBlocks(t), map[string]string{}
	for _, model := range models(t) {
		if model.layer() != "marts" {
			continue
		}
		index += fmt.Sprintf("| [%s](%s.md) | %s |\n", model.Name, model.Name, model.Config.Meta.Question)
		pages[model.Name+".md"] = page(model, blocks)
	}
	pages["README.md"] = index
	if *update {
		writePages(t, dir, pages)
	}
	for name, want := range pages {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("docs/marts/%s is not what the descriptions make: run go generate ./dbt (%v)", name, err)
		}
	}
	there, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(there) != len(pages) {
		t.Errorf("docs/marts has %d pages, want %d: remove those of marts that are gone (%v)", len(there), len(pages), err)
	}
}

func writePages(t *testing.T, dir string, pages map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range pages {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// page is that of one mart. The description ends with the grain.
func page(model described, blocks map[string]string) string {
	about, grain, _ := strings.Cut(model.Description, "One row per ")
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n**%s**\n\n%s\n\nOne row per %s\n", model.Name, model.Config.Meta.Question, strings.TrimSpace(about), strings.TrimSpace(grain))
	b.WriteString("\n## Look out\n\n")
	for _, trap := range model.Config.Meta.Traps {
		fmt.Fprintf(&b, "* %s\n", trap)
	}
	fmt.Fprintf(&b, "\n## Example\n\n```sql\n%s\n```\n\n## Columns\n\n| column | type | meaning |\n| --- | --- | --- |\n", strings.TrimSpace(model.Config.Meta.Example))
	for _, column := range model.Columns {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", column.Name, column.DataType, strings.ReplaceAll(column.says(blocks), "|", "\\|"))
	}
	return b.String()
}
