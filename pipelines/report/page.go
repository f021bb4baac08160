package report

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

//go:embed template/*
var templates embed.FS

// page is the report, ready to be laid out. All texts are plain; the template escapes them.
type page struct {
	Lang, Title, Subtitle       string
	Marks                       []notice // what nobody may miss, the gravest first
	Print                       printed
	ScrollHint                  string
	Style                       template.CSS
	Facts                       []fact // what the numbers rest on
	Keys                        []key  // figures to remember
	SummaryTitle, ContentsTitle string
	Summary                     []string
	Sections                    []section
	Footer                      []string
}

type notice struct{ Class, Text, Why string }

// printed is what stands in the margin of every printed page.
type printed struct{ Mark, Page, Of string }

type fact struct{ Name, Value string }

type key struct{ Number, Text string }

type section struct {
	ID, Title string
	Text      []string
	Figures   []figurePart
}

// figurePart is a drawing (or none) with its table and source beneath.
type figurePart struct {
	ID, Title string
	Drawings  []*drawing // of the same, for a desk and for a telephone
	Legend    []legendItem
	Notes     []string
	Table     *table
	TableWord string // summary of the fold that holds the table; empty: the table stands open
	Empty     string // why there is nothing to show, when the table has no rows
	Source    string
}

// draw makes the drawing of a figure in both widths.
func (f *figurePart) draw(chart func(width int) *drawing) {
	f.Drawings = []*drawing{chart(wide), chart(narrow)}
}

type legendItem struct {
	Color, Text string
	Diamond     bool // drawn as a published figure is
}

// table has its first column as row heads. Numeric tells which columns are numbers.
type table struct {
	ID      string // of its caption
	Hint    string // that there is more beside what a narrow screen shows
	Sign    string // what a copy of the table must not lose
	Caption string
	Head    []string
	Rows    [][]cell
	Text    map[int]bool // columns that are text, the first one always
	Unit    string       // of what heads of figures alone count; it stands beside them where the row folds
}

type cell struct {
	Text, Link string
}

func row(texts ...string) []cell {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i].Text = text
	}
	return cells
}

// finish gives every figure what all have: a sign, if there is one, on the drawing and on the table, since each may be
// copied alone; a table that says when it scrolls; and, when there is nothing to show, the reason in its place.
func (p *page) finish(sign, empty string) {
	for _, s := range p.Sections {
		for i := range s.Figures {
			s.Figures[i].finish(sign, empty, p.ScrollHint)
		}
	}
}

func (f *figurePart) finish(sign, empty, hint string) {
	if len(f.Table.Rows) == 0 {
		f.Empty = cmp.Or(f.Empty, empty)
		f.Table, f.Drawings, f.Legend, f.Notes = nil, nil, nil, nil
		return
	}
	f.Empty = ""
	f.Table.ID, f.Table.Hint, f.Table.Sign = f.ID+"-caption", hint, sign
	if sign == "" {
		return
	}
	for _, d := range f.Drawings {
		d.sign(sign)
	}
}

// Label is the head of a column as it stands at its value when the row folds.
func (t *table) Label(column int) string {
	if _, err := strconv.Atoi(t.Head[column]); err == nil && t.Unit != "" {
		return t.Head[column] + " " + t.Unit
	}
	return t.Head[column]
}

// Wide tells that the rows of a table need more than a telephone on its side.
func (t *table) Wide() bool { return len(t.Head) > 5 || len(t.Text) > 1 }

// IsText tells the template how to align a column.
func (t *table) IsText(column int) bool { return column == 0 || t.Text[column] }

func textColumns(columns ...int) map[int]bool {
	found := map[int]bool{}
	for _, c := range columns {
		found[c] = true
	}
	return found
}

// style puts the words into the margins of printed pages. Quotes and backslashes would end a text of CSS; ours have none.
func (p printed) style() template.CSS {
	plain := strings.NewReplacer(`"`, "", `\`, "", "\n", " ")
	//nolint:gosec // our own words, without the signs that end a text of CSS
	return template.CSS(fmt.Sprintf(`@page { @top-left { content: "%s"; font: 700 9pt sans-serif; white-space: nowrap; } @bottom-right { content: "%s " counter(page) " %s " counter(pages); font: 9pt sans-serif; } }`,
		plain.Replace(p.Mark), plain.Replace(p.Page), plain.Replace(p.Of)))
}

//go:embed template/fold.css
var foldStyle string

// folds are the rules by which a table whose figure is too narrow for its columns shows each row as a block, every value
// under its name, in place of hiding the last columns.
func folds() template.CSS {
	var rules strings.Builder
	for _, t := range []struct {
		tables string
		pixels int
	}{{"table.wide", 900}, {"table:not(.wide)", 500}} {
		fmt.Fprintf(&rules, "@media screen { @container figure (max-width: %dpx) { %s } }\n", t.pixels, strings.ReplaceAll(foldStyle, "TABLE", t.tables))
	}
	return template.CSS(rules.String()) //nolint:gosec // our own file
}

func render(p *page, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	style, err := templates.ReadFile("template/style.css")
	if err != nil {
		return nil, err
	}
	p.Style = template.CSS(style) + folds() + p.Print.style() //nolint:gosec // our own file and words
	parsed, err := template.ParseFS(templates, "template/*.tmpl")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := parsed.ExecuteTemplate(&out, "page.tmpl", p); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
