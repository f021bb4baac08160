package wording

import (
	"fmt"
	"strings"

	"doorstroom/schemas"
)

// Ignored tells what of a delivery's files was passed over: columns or keys that
// the contract does not know, and optional columns that no row fills. Files of
// one record of which the same is to be said share a line.
func Ignored(files []schemas.FileTotals) []string {
	var p passedOver
	for i := range files {
		p.add(&files[i], files[i].Name)
	}
	return p.lines()
}

// passedOver gathers what was passed over, in how many files whatever.
type passedOver struct {
	order []passedIn
	names map[passedIn][]string
}

type passedIn struct{ record, what string }

func (p *passedOver) add(f *schemas.FileTotals, name string) {
	in := passedIn{f.Record, ignoredOf(f)}
	if in.what == "" {
		return
	}
	if p.names == nil {
		p.names = make(map[passedIn][]string)
	}
	if p.names[in] == nil {
		p.order = append(p.order, in)
	}
	p.names[in] = append(p.names[in], name)
}

// filesNamed is how many files a line names; of more, 'doorstroom deliveries --detail' has each.
const filesNamed = 10

func (p *passedOver) lines() (lines []string) {
	for _, in := range p.order {
		lines = append(lines, fmt.Sprintf("%s, %s: %s", in.record, firstOf(p.names[in], filesNamed), in.what))
	}
	return lines
}

func ignoredOf(f *schemas.FileTotals) string {
	var said []string
	switch {
	case len(f.UnknownNames) > 0:
		said = append(said, "ignored, as the contract does not know them: "+firstOf(f.UnknownNames, f.UnknownColumns)+more(f.UnknownColumns-len(f.UnknownNames)))
	case f.UnknownColumns > 0: // what is not a header for sure may be a record, which is not shown
		said = append(said, fmt.Sprintf("ignored, as the contract does not know them: %d of the names in the first line", f.UnknownColumns))
	}
	if len(f.UnfilledColumns) > 0 {
		said = append(said, "filled in no row: "+strings.Join(f.UnfilledColumns, ", "))
	}
	return strings.Join(said, "; ")
}

// firstOf names the first n.
func firstOf(names []string, n int) string {
	shown := names[:min(n, len(names))]
	return strings.Join(shown, ", ") + more(len(names)-len(shown))
}

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}
