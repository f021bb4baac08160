// Package terminal is how text gets to people: names of others so that they do nothing to a terminal or a spreadsheet,
// lines of the log, and how far a stage is.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/term"
)

// Visible writes what people read. Names of folders and files are the suppliers', and may hold what moves the cursor of a
// terminal, colours, or turns the order of letters round: it is written as an escape (\u001b), line ends and tabs excepted.
// So a name has to pass through Shown first where it stands in a line.
type Visible struct {
	Out  io.Writer
	tail []byte // of a letter whose other bytes are still to come
}

// Write implements io.Writer.
func (v *Visible) Write(text []byte) (int, error) {
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
	if _, err := io.WriteString(v.Out, b.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Raw is the stream behind what makes it visible, for what programs read and for what the program itself does to a terminal.
func Raw(w io.Writer) io.Writer {
	if v, ok := w.(*Visible); ok {
		return v.Out
	}
	return w
}

// Shown is a name as it stands in a line of text: on that line, and with nothing in it that is not seen.
func Shown(name string) string {
	var b strings.Builder
	for _, r := range name {
		writeShown(&b, r)
	}
	return b.String()
}

// ShownAll is Shown for each name.
func ShownAll(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = Shown(name)
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

// Is tells whether what is written to w goes to a terminal.
func Is(w io.Writer) bool {
	f, ok := Raw(w).(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
