package report_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// onPage is the report as its HTML has it. What was read of it is known, so that what nobody read is found.
type onPage struct {
	root *html.Node
	read map[*html.Node]bool // text nodes
}

func parsePage(t *testing.T, text string) *onPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return &onPage{root: root, read: map[*html.Node]bool{}}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val
		}
	}
	return ""
}

// find gives the elements below n that are wanted, none of which lies in another.
func find(n *html.Node, wanted func(*html.Node) bool) (found []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && wanted(c) {
			found = append(found, c)
		} else {
			found = append(found, find(c, wanted)...)
		}
	}
	return found
}

// element wants a tag, and a class when there is one after a dot.
func element(selector string) func(*html.Node) bool {
	tag, class, _ := strings.Cut(selector, ".")
	return func(n *html.Node) bool {
		return (tag == "" || n.Data == tag) && (class == "" || slices.Contains(strings.Fields(attribute(n, "class")), class))
	}
}

func withID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attribute(n, "id") == id }
}

// text is all that stands in n, with its blanks made single.
func text(n *html.Node) string {
	var out strings.Builder
	for _, leaf := range leaves(n) {
		out.WriteString(leaf.Data)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// leaves are the text nodes in n, in order.
func leaves(n *html.Node) (found []*html.Node) {
	if n.Type == html.TextNode {
		return []*html.Node{n}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		found = append(found, leaves(c)...)
	}
	return found
}

// take is the text of n, which from now on somebody has answered for.
func (p *onPage) take(n *html.Node) string {
	for _, leaf := range leaves(n) {
		p.read[leaf] = true
	}
	return text(n)
}

// takeAll are the texts of all such elements below n.
func (p *onPage) takeAll(n *html.Node, selector string) (texts []string) {
	for _, e := range find(n, element(selector)) {
		texts = append(texts, p.take(e))
	}
	return texts
}

// table takes the head and the rows of the table in a figure.
func (p *onPage) table(figure *html.Node) (rows [][]string) {
	for _, row := range find(figure, element("tr")) {
		var cells []string
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				cells = append(cells, p.take(c))
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// unread are the texts below n that hold a number, or a dash in its place, and that nobody answered for.
func (p *onPage) unread(n *html.Node) (found []string) {
	for _, leaf := range leaves(n) {
		if !p.read[leaf] && leaf.Parent.Data != "style" && strings.ContainsAny(leaf.Data, "0123456789") {
			found = append(found, leaf.Data)
		}
	}
	return found
}
