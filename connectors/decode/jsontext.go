package decode

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string. It is not sound with a NUL, half a surrogate pair or
// bytes that are not UTF-8. The result is valid until the next read.
func (j *jsonReader) text() (text []byte, sound bool, err error) {
	if !j.take('"') {
		return nil, false, errSyntax
	}
	start, high := j.i, false
	for ; j.i < len(j.b); j.i++ {
		switch c := j.b[j.i]; {
		case c == '"':
			text = j.b[start:j.i]
			j.i++
			return text, (!high || utf8.Valid(text)) && !j.holdsNUL(text), nil
		case c == '\\':
			return j.escaped(start)
		case c == 0:
			j.rawNUL = true
		case c < ' ':
			return nil, false, errSyntax
		case c >= 0x80:
			high = true
		}
	}
	return nil, false, errSyntax
}

// escaped reads on from the first backslash of a string that began at start.
func (j *jsonReader) escaped(start int) (text []byte, sound bool, err error) {
	from := len(j.scratch)
	j.scratch = append(j.scratch, j.b[start:j.i]...)
	sound = !j.holdsNUL(j.scratch[from:])
	for j.i < len(j.b) {
		c := j.b[j.i]
		j.i++
		switch {
		case c == '"':
			text = j.scratch[from:]
			return text, sound && utf8.Valid(text), nil
		case c == '\\':
			ok, err := j.escape()
			if err != nil {
				return nil, false, err
			}
			sound = sound && ok
		case c == 0:
			j.rawNUL, sound = true, false
			j.scratch = append(j.scratch, c)
		case c < ' ':
			return nil, false, errSyntax
		default:
			j.scratch = append(j.scratch, c)
		}
	}
	return nil, false, errSyntax
}

// holdsNUL tells whether this text is one of those with a NUL as it is.
func (j *jsonReader) holdsNUL(text []byte) bool {
	return j.rawNUL && bytes.IndexByte(text, 0) >= 0
}

// escape reads what follows a backslash.
func (j *jsonReader) escape() (sound bool, err error) {
	if j.i == len(j.b) {
		return false, errSyntax
	}
	c := j.b[j.i]
	j.i++
	if k := bytes.IndexByte([]byte(`"\/bfnrt`), c); k >= 0 {
		j.scratch = append(j.scratch, "\"\\/\b\f\n\r\t"[k])
		return true, nil
	}
	if c != 'u' {
		return false, errSyntax
	}
	r, err := j.hex()
	if err != nil {
		return false, err
	}
	if utf16.IsSurrogate(r) {
		return j.surrogate(r)
	}
	j.scratch = utf8.AppendRune(j.scratch, r)
	return r != 0, nil
}

// surrogate reads the second half of a pair, if it follows. A half by itself is
// kept in the bytes that UTF-8 has no use for, so that two different keys stay different.
func (j *jsonReader) surrogate(first rune) (sound bool, err error) {
	if first < 0xdc00 && bytes.HasPrefix(j.b[j.i:], []byte(`\u`)) {
		back := j.i
		j.i += 2
		second, err := j.hex()
		if err != nil {
			return false, err
		}
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			j.scratch = utf8.AppendRune(j.scratch, r)
			return true, nil
		}
		j.i = back
	}
	j.scratch = append(j.scratch, 0xff, byte(first>>8), byte(first))
	return false, nil
}

func (j *jsonReader) hex() (rune, error) {
	if len(j.b)-j.i < 4 {
		return 0, errSyntax
	}
	var r rune
	for _, c := range j.b[j.i : j.i+4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, errSyntax
		}
	}
	j.i += 4
	return r, nil
}
