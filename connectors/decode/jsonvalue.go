package decode

import "bytes"

// Values that no column needs are read for their form and their keys only, by
// the grammar of RFC 8259.

// skip reads a value for its form and its keys only; depth is that of the value.
func (j *jsonReader) skip(depth int) error {
	if j.i == len(j.b) {
		return errSyntax
	}
	if depth > jsonDepth {
		return errNoRecord
	}
	switch c := j.b[j.i]; {
	case c == '"':
		_, _, err := j.text()
		return err
	case c == '-' || (c >= '0' && c <= '9'):
		_, err := j.number()
		return err
	case c == '{':
		return j.members(func([]byte) error { return j.skip(depth + 1) })
	case c == '[':
		return j.elements(depth)
	case c == 'n':
		return j.literal("null")
	case c == 't':
		return j.literal("true")
	case c == 'f':
		return j.literal("false")
	}
	return errSyntax
}

func (j *jsonReader) elements(depth int) error {
	j.i++ // [
	j.space()
	if j.take(']') {
		return nil
	}
	for {
		j.space()
		if err := j.skip(depth + 1); err != nil {
			return err
		}
		j.space()
		if j.take(']') {
			return nil
		}
		if !j.take(',') {
			return errSyntax
		}
	}
}

func (j *jsonReader) space() {
	for j.i < len(j.b) && isSpace(j.b[j.i]) {
		j.i++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (j *jsonReader) take(c byte) bool {
	if j.i < len(j.b) && j.b[j.i] == c {
		j.i++
		return true
	}
	return false
}

func (j *jsonReader) literal(word string) error {
	if !bytes.HasPrefix(j.b[j.i:], []byte(word)) {
		return errSyntax
	}
	j.i += len(word)
	return nil
}

// number reads a number literal by JSON's own grammar.
func (j *jsonReader) number() ([]byte, error) {
	start := j.i
	j.take('-')
	if !j.take('0') && !j.digits() {
		return nil, errSyntax
	}
	if j.take('.') && !j.digits() {
		return nil, errSyntax
	}
	if j.take('e') || j.take('E') {
		if !j.take('+') {
			j.take('-')
		}
		if !j.digits() {
			return nil, errSyntax
		}
	}
	return j.b[start:j.i], nil
}

func (j *jsonReader) digits() bool {
	start := j.i
	for j.i < len(j.b) && j.b[j.i] >= '0' && j.b[j.i] <= '9' {
		j.i++
	}
	return j.i > start
}
