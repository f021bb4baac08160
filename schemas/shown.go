package schemas

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

const (
	// nameShown is how many characters of a name are told, escapes included.
	nameShown = 60
	// valueDigits is how many digits a name may have: one with more, a date or a number of a person, is a value.
	valueDigits = 5
)

// ShownName writes a name of a column or key that a file has, fit for a terminal
// and a log: no-break spaces, byte order marks and control characters escaped.
// What follows a line break inside a name is text of the next line, and a name
// that looks like a value of a record may be one: neither is told.
func ShownName(name []byte) string {
	if at := bytes.IndexAny(name, "\r\n"); at >= 0 && at < len(bytes.TrimRight(name, "\r\n")) {
		name = name[:at]
	}
	if looksLikeValue(name) {
		return fmt.Sprintf("(%d characters that may be a value)", utf8.RuneCount(name))
	}
	shown := strconv.Quote(string(name[:min(len(name), 4*nameShown)]))
	shown = shown[1 : len(shown)-1]
	if utf8.RuneCountInString(shown) > nameShown {
		shown = string([]rune(shown)[:nameShown-3]) + "..."
	}
	return shown
}

// looksLikeValue tells names that no one gives a column: they have many digits, or a pseudonym in them.
func looksLikeValue(name []byte) bool {
	digits, run, mixed := 0, 0, false
	for _, c := range append(slices.Clone(name), 0) {
		if c >= '0' && c <= '9' {
			if digits++; digits > valueDigits {
				return true
			}
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '2' && c <= '7' {
			run, mixed = run+1, mixed || c <= '7'
			continue
		}
		// A long word of letters alone is a word, unless it is just as long as a pseudonym.
		if run == PseudonymLen || run > PseudonymLen && mixed {
			return true
		}
		run, mixed = 0, false
	}
	return false
}
