package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// visible writes what people read. Names of folders and files are the suppliers', and may hold what moves the cursor of a
// terminal, colours, or turns the order of letters round: it is written as an escape (\u001b), line ends and tabs excepted.
// So a name has to pass through shown first where it stands in a line.
type visible struct {
	out  io.Writer
	tail []byte // of a letter whose other bytes are still to come
}

func (v *visible) Write(text []byte) (int, error) {
	all := append(v.tail, text...)
	v.tail = nil
	var b strings.Builder
	for len(all) > 0 {
		if !utf8.FullRune(all) {
			v.tail = append([]byte(nil), all...)
			break
		}
		r, size := utf8.DecodeRune(all)
		if r == '\n' || r == '\t' {
			b.WriteRune(r)
		} else {
			writeShown(&b, r)
		}
		all = all[size:]
	}
	if _, err := io.WriteString(v.out, b.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// raw is the stream behind what makes it visible, for what programs read and for what the program itself does to a terminal.
func raw(w io.Writer) io.Writer {
	if v, ok := w.(*visible); ok {
		return v.out
	}
	return w
}

// shown is a name as it stands in a line of text: on that line, and with nothing in it that is not seen.
func shown(name string) string {
	var b strings.Builder
	for _, r := range name {
		writeShown(&b, r)
	}
	return b.String()
}

func shownAll(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = shown(name)
	}
	return all
}

// writeShown writes a letter, or an escape (of JSON, so that a line of JSON stays one) for what is not seen.
func writeShown(b *strings.Builder, r rune) {
	switch {
	case strconv.IsPrint(r):
		b.WriteRune(r)
	case r > 0xffff:
		high, low := utf16.EncodeRune(r)
		fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
	default:
		fmt.Fprintf(b, `\u%04x`, r)
	}
}

// sheet writes CSV for spreadsheets: a cell is text as it is shown, and none begins a formula.
type sheet struct{ *csv.Writer }

func newSheet(w io.Writer) sheet { return sheet{csv.NewWriter(w)} }

func (s sheet) Write(cells []string) error {
	safe := shownAll(cells)
	for i, cell := range safe {
		safe[i] = formula.ReplaceAllString(cell, "$1'$2") // the mark of text
	}
	return s.Writer.Write(safe)
}

// formula is the sign of one where a cell begins. Dutch spreadsheets separate cells by ; and begin one behind it, also
// within what is one cell here, quoted or not.
var formula = regexp.MustCompile(`(^|;)([=+\-@])`)
