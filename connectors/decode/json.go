package decode

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"doorstroom/schemas"
)

// encoding/json takes a key twice, mends half surrogates and bytes that are not
// UTF-8 in silence, and matches keys in any case, so the contract's reading of
// an object stands here.

const (
	// jsonDepth is how deep values may lie in one another.
	jsonDepth = 1000
	// objectLimit is how long one object may be; a longer one is no record.
	objectLimit = 1 << 20
	// unknownLimit bounds how many different unknown keys are counted per file.
	unknownLimit = 1000
)

// errSyntax says that a text is no JSON; errNoRecord that it is, but no record:
// no object, a key twice, or too deep.
var (
	errSyntax   = errors.New("no JSON")
	errNoRecord = errors.New("JSON, but no record")
)

// jsonReader reads objects into rows of one record.
type jsonReader struct {
	row     schemas.Row
	record  *schemas.Record
	fields  map[string]int
	unknown map[string]struct{}

	b       []byte
	i       int
	scratch []byte // texts with escapes resolved
	keys    keySet

	badText bool // a known text is not what bad_encoding wants it to be
	rawNUL  bool // a NUL that is not even escaped: no JSON in a page
	twice   bool
}

func newJSONReader(r *schemas.Record) *jsonReader {
	j := &jsonReader{row: r.New(), record: r, fields: make(map[string]int, len(r.Fields)), unknown: map[string]struct{}{}}
	for i, f := range r.Fields {
		j.fields[f.Column] = i
	}
	return j
}

// read fills the row from the text of one object. It gives the rule that the
// record breaks as a whole, and errSyntax when it is no JSON at all.
func (j *jsonReader) read(text []byte) (schemas.Rule, error) {
	j.b, j.i, j.scratch = text, 0, j.scratch[:0]
	j.badText, j.rawNUL, j.twice = false, false, false
	j.keys.reset()
	j.row.Reset(schemas.SyntaxISO)
	err := j.object()
	if err == nil {
		j.space()
		if j.i != len(j.b) {
			err = errSyntax
		}
	}
	switch {
	case err != nil:
		return schemas.BadJSON, err
	case j.badText:
		return schemas.BadEncoding, nil
	case j.twice:
		return schemas.BadJSON, nil
	}
	return "", nil
}

// object reads the record itself; a value that is no object is checked for
// being JSON.
func (j *jsonReader) object() error {
	j.space()
	if j.i == len(j.b) || j.b[j.i] != '{' {
		if err := j.skip(1); err != nil {
			return err
		}
		return errNoRecord
	}
	return j.members(func(key []byte) error {
		field, known := j.fields[string(key)]
		if !known {
			if len(j.unknown) < unknownLimit {
				if _, seen := j.unknown[string(key)]; !seen {
					j.unknown[string(key)] = struct{}{}
				}
			}
			return j.skip(2)
		}
		return j.field(field)
	})
}

// members reads an object's keys and calls value at each value.
func (j *jsonReader) members(value func(key []byte) error) error {
	j.i++ // {
	base := j.keys.open()
	defer j.keys.close(base)
	j.space()
	if j.take('}') {
		return nil
	}
	for {
		j.space()
		key, _, err := j.text()
		if err != nil {
			return err
		}
		j.twice = j.keys.add(base, key) || j.twice
		j.space()
		if !j.take(':') {
			return errSyntax
		}
		j.space()
		if err := value(key); err != nil {
			return err
		}
		j.space()
		if j.take('}') {
			return nil
		}
		if !j.take(',') {
			return errSyntax
		}
	}
}

// field reads the value of a known column.
func (j *jsonReader) field(field int) error {
	if j.i == len(j.b) {
		return errSyntax
	}
	kind := j.record.Fields[field].Kind
	switch c := j.b[j.i]; {
	case c == '"':
		nul := j.rawNUL
		text, sound, err := j.text()
		if err != nil {
			return err
		}
		if j.rawNUL != nul {
			sound = false
		}
		switch {
		case !sound:
			j.badText = true
		case len(text) > 0 && kind.Integer():
			j.row.SetWrongType(field)
		default:
			j.row.SetText(field, text)
		}
		return nil
	case c == '-' || (c >= '0' && c <= '9'):
		literal, err := j.number()
		if err != nil {
			return err
		}
		if kind.Integer() || kind == schemas.KindHours {
			j.row.SetText(field, literal)
		} else {
			j.row.SetWrongType(field)
		}
		return nil
	case c == 'n':
		return j.literal("null")
	}
	j.row.SetWrongType(field)
	return j.skip(2)
}

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
			return text, !high || utf8.Valid(text), nil
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
	sound = true
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
			j.rawNUL = true
			j.scratch = append(j.scratch, c)
		case c < ' ':
			return nil, false, errSyntax
		default:
			j.scratch = append(j.scratch, c)
		}
	}
	return nil, false, errSyntax
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

// keySet tells of the objects that are open which keys they have had.
type keySet struct {
	keys  [][]byte
	large map[int]map[string]struct{} // by base, for objects with many keys
}

// manyKeys is where looking through a list starts to cost more than a map.
const manyKeys = 32

func (k *keySet) reset() { k.keys = k.keys[:0] }

func (k *keySet) open() (base int) { return len(k.keys) }

func (k *keySet) close(base int) {
	k.keys = k.keys[:base]
	delete(k.large, base)
}

// add tells whether the object that opened at base has had the key before.
func (k *keySet) add(base int, key []byte) (twice bool) {
	if large := k.large[base]; large != nil {
		_, twice = large[string(key)]
		large[string(key)] = struct{}{}
		return twice
	}
	twice = slices.ContainsFunc(k.keys[base:], func(other []byte) bool { return bytes.Equal(other, key) })
	k.keys = append(k.keys, key)
	if len(k.keys)-base > manyKeys {
		k.grow(base)
	}
	return twice
}

// grow moves the keys of an object into a map.
func (k *keySet) grow(base int) {
	m := make(map[string]struct{}, 2*manyKeys)
	for _, key := range k.keys[base:] {
		m[string(key)] = struct{}{}
	}
	if k.large == nil {
		k.large = map[int]map[string]struct{}{}
	}
	k.large[base] = m
}
