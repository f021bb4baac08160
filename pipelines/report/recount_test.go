package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"doorstroom/dbt/dbttest"
	"doorstroom/pipelines/report"
)

// digitsOfWords are the texts whose digits are no figures of an edition but belong to their words: ages, months, laws, years.
var digitsOfWords = []string{
	"say.home", "cohorts.denominators", "cohorts.desc.working", "cohorts.table.working", "cohorts.desc.bijstand", "cohorts.table.bijstand",
	"cohorts.desc.sustained", "cohorts.table.sustained", "nations", "nations.table", "stages.note", "waiting.who.first_job", "reached.note",
	"work.text", "azc.note", "bijstand.text", "bijstand.table", "exits.note", "link_history.note", "link_history.table", "explain.cohort", "explain.bijstand",
	"explain.denominators", "explain.hours", "explain.terms", "explain.dash", "explain.sustained", "cohorts.sustained",
}

// keep spares runs that change the report alone the making of marts: those of 'make mutation'.
var keep = flag.String("marts", "", "folder that keeps the marts of these facts and models from run to run")

// counted is the page of a language with what DuckDB says that should stand on it.
type counted struct {
	*onPage
	*speaker
	answers map[string]dbttest.Answer
}

// TestPageIsRecounted holds every number on the page to a second computation: of tables, sentences and drawings, from the facts,
// by another engine. A number that no recount answers for fails the test. The subtests have the names of the files that write.
func TestPageIsRecounted(t *testing.T) {
	w, export := dbttest.Marts(t, *keep)
	reference, err := filepath.Abs("reference")
	if err != nil {
		t.Fatal(err)
	}
	answers := dbttest.Ask(t, "2026-06-30", "recount", reference, export)
	var pages []counted
	for _, lang := range []string{"nl", "en"} {
		page := mustWrite(t, w, report.Options{Edition: juneEdition, OutDir: t.TempDir(), Lang: lang})
		pages = append(pages, counted{parsePage(t, page), speak(t, lang), answers})
	}
	for name, check := range map[string]func(*testing.T, counted){
		"compose": checkHead, "summary": checkSummary, "charts": checkCharts,
		"section_cohorts": section("cohorts"), "section_stages": section("stages"), "section_waiting": section("waiting"), "section_work": section("work"),
		"section_bijstand": section("bijstand"), "section_beside": section("beside"), "section_sources": section("sources"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, page := range pages {
				check(t, page.inTest(t))
			}
		})
	}
	t.Run("nothing else", func(t *testing.T) {
		for _, page := range pages {
			checkWordsOfSections(page.inTest(t))
			if left := page.unread(page.root); len(left) > 0 {
				t.Errorf("%d numbers that no recount answers for: %q", len(left), left[:min(20, len(left))])
			}
		}
	})
}

// inTest is the page as a subtest reads it.
func (c counted) inTest(t *testing.T) counted {
	s := *c.speaker
	s.t = t
	c.speaker = &s
	return c
}

// said are the sentences of a part of the page.
func (c counted) said(part string) (texts []string) {
	for _, row := range c.answers["sentences"].Rows {
		if row[1] == part {
			if row[2] == nil {
				c.t.Errorf("the sentence %v has a part that is not known", row[0])
				continue
			}
			texts = append(texts, c.pieces(row[2].(string)))
		}
	}
	return texts
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// checkHead is about what stands above and below all else.
func checkHead(t *testing.T, c counted) {
	t.Helper()
	title, subtitle := c.said("title"), c.said("subtitle")
	equal(t, "title", c.takeAll(c.root, "title"), append([]string{title[0] + " – " + subtitle[0]}, titlesOfDrawings(c)...))
	equal(t, "heading", c.takeAll(c.root, "h1"), title)
	equal(t, "subtitle", c.takeAll(c.root, "p.subtitle"), subtitle)
	equal(t, "marks", c.takeAll(c.root, "div.mark"), c.said("mark"))
	var facts []string
	for _, fact := range find(find(c.root, element("dl"))[0], element("div")) {
		facts = append(facts, c.takeAll(fact, "dt")[0]+": "+c.takeAll(fact, "dd")[0])
	}
	equal(t, "facts", facts, c.said("fact"))
	equal(t, "footer", c.takeAll(find(c.root, element("footer"))[0], "p"), c.said("footer"))
}

// titlesOfDrawings are those that drawings have inside, which the check of drawings reads.
func titlesOfDrawings(c counted) (titles []string) {
	for _, title := range find(c.root, element("title"))[1:] {
		titles = append(titles, text(title))
	}
	return titles
}

func checkSummary(t *testing.T, c counted) {
	t.Helper()
	summary := find(c.root, element("section.summary"))[0]
	var keys []string
	for _, key := range find(summary, element("div.key")) {
		keys = append(keys, c.takeAll(key, "span.number")[0]+" "+c.takeAll(key, "span.what")[0])
	}
	equal(t, "figures to remember", keys, c.said("key"))
	equal(t, "summary", c.takeAll(summary, "li"), c.said("summary"))
}

// section checks the tables and the sources of a section: every figure has a question, and every question a figure.
func section(id string) func(*testing.T, counted) {
	return func(t *testing.T, c counted) {
		t.Helper()
		found := find(c.root, withID(id))
		if len(found) != 1 {
			t.Fatalf("%d sections %s", len(found), id)
		}
		for _, figure := range find(found[0], element("figure")) {
			c.checkFigure(t, figure)
		}
		for _, said := range c.said(id) {
			if !slices.ContainsFunc(leaves(found[0]), func(n *html.Node) bool { return text(n) == said }) {
				t.Errorf("section %s should say %q", id, said)
			}
		}
	}
}

func (c counted) checkFigure(t *testing.T, figure *html.Node) {
	t.Helper()
	id := attribute(figure, "id")
	question, asked := c.answers[id]
	if !asked {
		t.Errorf("nothing counts figure %s once more", id)
		return
	}
	got, want := c.table(figure), [][]string{{}}
	c.checkLabels(t, figure)
	for _, column := range question.Columns {
		name, there := c.texts[column]
		if !there || column == "col.months" {
			name = column
		}
		want[0] = append(want[0], name)
	}
	for _, row := range question.Rows {
		cells := make([]string, len(row))
		for i, value := range row {
			cells[i] = c.cell(question.Columns[i], question.Kinds[i], value)
		}
		want = append(want, cells)
	}
	if len(want) < 2 || len(got) != len(want) {
		t.Errorf("figure %s has %d rows, want %d", id, len(got), len(want))
		return
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("figure %s, row %d:\n got %q\nwant %q", id, i, got[i], want[i])
		}
	}
	sql, err := os.ReadFile(filepath.Join("recount", id+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	mart, _, _ := strings.Cut(strings.TrimPrefix(string(sql), "-- "), "\n")
	equal(t, "source of "+id, c.takeAll(figure, "p.source"), []string{strings.Replace(c.said("source")[0], "MARTS", mart, 1)})
}

// checkLabels holds that in a table whose rows fold every value stands under the head of its own column.
func (c counted) checkLabels(t *testing.T, figure *html.Node) {
	t.Helper()
	rows := find(figure, element("tr"))
	heads := find(rows[0], element("th"))
	for _, row := range rows[1:] {
		for i, value := range find(row, element("td")) {
			head, label := text(heads[i+1]), attribute(value, "data-label")
			if _, err := strconv.Atoi(head); err == nil {
				head += " " + c.texts["unit.months"]
			}
			if label != head {
				t.Errorf("figure %s: a value of %q stands under %q", attribute(figure, "id"), head, label)
			}
		}
	}
}

// checkWordsOfSections takes the texts of sections that are the program's words, whatever the edition, or a sentence of it.
func checkWordsOfSections(c counted) {
	known := map[string]bool{}
	for _, key := range digitsOfWords {
		known[c.texts[key]] = true
	}
	for key, name := range c.texts {
		if strings.HasPrefix(key, "kind.") || strings.HasPrefix(key, "hours_class.") {
			known[name] = true
		}
	}
	for _, part := range []string{"stages", "work", "sources"} {
		for _, said := range c.said(part) {
			known[said] = true
		}
	}
	for _, s := range find(c.root, element("section")) {
		for _, leaf := range leaves(s) {
			if known[text(leaf)] {
				c.take(leaf)
			}
		}
	}
}
