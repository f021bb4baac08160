package decode

import (
	"bytes"
	"fmt"
	"strings"
)

// csvText is what a CSV file is to be.
const csvText = "text in UTF-8 (or Windows-1252) with ; between the fields"

// headHints tell what the beginning of a CSV file has in it that keeps its
// header from being read.
func (r *csvReader) headHints() (hints []string) {
	head := r.head
	if kind := sniffed(head, csvText); kind != "" {
		return []string{kind}
	}
	if bytes.HasPrefix(head, []byte(bom)) {
		hints = append(hints, "the file begins with two byte order marks (BOM); leave one out")
	}
	line, _, ended := bytes.Cut(head, []byte("\n"))
	name := strings.ToLower(strings.Trim(string(line), " \t\r\""))
	switch {
	case strings.HasPrefix(name, "sep="):
		hints = append(hints, `the first line is "sep=", which spreadsheets add; leave it out, the header comes first`)
	case len(bytes.TrimSpace(head)) == 0:
		hints = append(hints, "the file is empty")
	default:
		hints = append(hints, r.separatorHint(line)...)
	}
	return append(hints, lineEndHint(line, ended)...)
}

// separatorHint tells of a header whose names have another sign between them.
func (r *csvReader) separatorHint(line []byte) []string {
	if bytes.IndexByte(line, ';') >= 0 {
		return nil
	}
	for _, s := range []struct{ sign, name string }{{",", "commas"}, {"\t", "tabs"}, {"|", "bars (|)"}} {
		c := NewColumns(r.in.Record)
		for _, name := range bytes.Split(line, []byte(s.sign)) {
			c.addUnknown(name)
		}
		if c.alike >= 2 {
			return []string{fmt.Sprintf("the fields have %s between them; write ; between them", s.name)}
		}
	}
	return nil
}

// lineEndHint tells of lines that end otherwise than in LF or CR LF.
func lineEndHint(line []byte, ended bool) []string {
	switch {
	case ended && bytes.HasSuffix(line, []byte("\r\r")):
		return []string{"lines end in CR CR LF; end them in CR LF or LF"}
	case bytes.IndexByte(bytes.TrimRight(line, "\r"), '\r') >= 0:
		return []string{"lines end in CR alone; end them in CR LF or LF"}
	}
	return nil
}
