package decode

import "strings"

// namesShown is how many unknown names of a file are told of.
const namesShown = 20

// bare is a name without all that a writer may have changed of it: case,
// blanks, byte order marks, quotes, hyphens.
func bare(name []byte) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			return c
		}
		return -1
	}, string(name))
}

// alike tells whether a name was meant for a column: they are the same but for
// signs and case, or one is the other with something before or behind it.
func alike(name []byte, column string) bool {
	n, c := bare(name), bare([]byte(column))
	return n == c || len(n) > 4 && (strings.Contains(c, n) || strings.Contains(n, c))
}
