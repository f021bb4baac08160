package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
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
	Drawing   *drawing
	Legend    []legendItem
	Notes     []string
	Table     *table
	TableWord string // summary of the fold that holds the table; empty: the table stands open
	Source    string
}

type legendItem struct {
	Color, Text string
	Diamond     bool // drawn as a published figure is
}

// table has its first column as row heads. Numeric tells which columns are numbers.
type table struct {
	ID      string // of its caption
	Hint    string // that there is more beside what a narrow screen shows
	Caption string
	Head    []string
	Rows    [][]cell
	Text    map[int]bool // columns that are text, the first one always
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

// giveHints names the captions of tables after their figures, and has tables and drawings say that they scroll.
func (p *page) giveHints() {
	for _, s := range p.Sections {
		for i := range s.Figures {
			f := &s.Figures[i]
			if f.Table != nil {
				f.Table.ID, f.Table.Hint = f.ID+"-caption", p.ScrollHint
			}
			if f.Drawing != nil {
				f.Drawing.Hint = p.ScrollHint
			}
		}
	}
}

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

func render(p *page, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	style, err := templates.ReadFile("template/style.css")
	if err != nil {
		return nil, err
	}
	p.Style = template.CSS(style) + p.Print.style() //nolint:gosec // our own file and words
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
