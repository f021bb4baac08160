package decode

import (
	"errors"

	"doorstroom/schemas"
)

// encoding/json takes a key twice, fixes half surrogates and bytes that are not
// UTF-8 in silence, and matches keys in any case, so the contract's reading of
// an object stands here.

const (
	// jsonDepth is how deep values may lie in one another.
	jsonDepth = 1000
	// objectLimit is how long one object may be; a longer one is not a record.
	objectLimit = 1 << 20
	// unknownLimit bounds how many different unknown keys are counted per file.
	unknownLimit = 1000
	// unknownLength is how much of an unknown key is kept.
	unknownLength = 256
)

// errSyntax says that a text is not JSON; errNoRecord that it is, but no record:
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
	names   []string // of the first unknown keys, to be told
	no      int64    // of the record, counted in JSON Lines
	odd     oddRows

	b       []byte
	i       int
	scratch []byte // texts with escapes resolved
	keys    keySet

	badText bool // a known text is not what bad_encoding wants it to be
	rawNUL  bool // a NUL that is not even escaped: no JSON, in a known text bad_encoding first
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
// record breaks as a whole, and errSyntax when it is not JSON at all.
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
	case j.rawNUL:
		return schemas.BadJSON, errSyntax
	case j.twice:
		return schemas.BadJSON, nil
	}
	return "", nil
}

// object reads the record itself; a value that is not an object is checked for
// being JSON.
func (j *jsonReader) object() error {
	j.space()
	if j.i == len(j.b) || j.b[j.i] != '{' {
		if err := j.skip(1); err != nil {
			return err
		}
		if j.space(); j.i != len(j.b) {
			return errSyntax
		}
		return errNoRecord
	}
	return j.members(func(key []byte) error {
		field, known := j.fields[string(key)]
		if !known {
			j.count(key)
			return j.skip(2)
		}
		return j.field(field)
	})
}

// count counts an unknown key. Of a long one only the beginning is kept: keys
// that differ behind it count as one.
func (j *jsonReader) count(key []byte) {
	key = key[:min(len(key), unknownLength)]
	if _, seen := j.unknown[string(key)]; !seen && len(j.unknown) < unknownLimit {
		j.unknown[string(key)] = struct{}{}
		if len(j.names) < namesShown {
			j.names = append(j.names, schemas.ShownName(key))
		}
	}
}

func (j *jsonReader) result() Result {
	return Result{UnknownColumns: len(j.unknown), UnknownNames: j.names}
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
		text, sound, err := j.text()
		if err != nil {
			return err
		}
		switch {
		case !sound:
			j.badText = true
		case len(text) > 0 && kind.Integer():
			j.row.SetWrongType(field, "a text between quotes")
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
			j.row.SetWrongType(field, "a number; write it as a text between quotes")
		}
		return nil
	case c == 'n':
		return j.literal("null")
	}
	j.row.SetWrongType(field, "true, false, a list or an object")
	return j.skip(2)
}
