package decode

import (
	"bytes"
	"io"
)

// encoding/csv cannot hold the contract: it takes a lone CR before the end of
// the file for a line end, trims leading blanks or none at all, skips blank
// lines but not lines of blanks, lets no one see which field was quoted, and
// reads a whole quoted field into memory however long it is.

const (
	// fieldLimit is how much of one field is kept. No type of the contract comes
	// near it, so a longer value breaks its rule with or without the rest.
	fieldLimit = 64 << 10
	// columnLimit is the most columns that a header may have.
	columnLimit = 100_000
	// nameLimit is how much of a column's name is kept; the contract's are shorter.
	nameLimit = 64
)

// csvScanner cuts a text into records and fields.
type csvScanner struct {
	r    io.Reader
	buf  []byte
	i, n int
	eof  bool
	// wanted tells which fields to keep; nil keeps all.
	wanted func(field int) bool
	// undefined tells which bytes the encoding does not have.
	undefined func(byte) bool
	// limit is how much of one field is kept.
	limit int

	line   int64
	text   []byte
	fields []csvField
	count  int
	// content tells that a field of the record holds something, kept or not.
	content bool
}

// csvField is a kept field: its place in text, blanks around it left out.
type csvField struct {
	no         int
	start, end int
	// bad tells of a NUL or a byte that the encoding does not have.
	bad bool
}

func newCSVScanner(r io.Reader, undefined func(byte) bool) *csvScanner {
	return &csvScanner{r: r, buf: make([]byte, 64<<10), undefined: undefined, limit: fieldLimit, line: 1}
}

// skipBOM passes over a byte order mark at the start.
func (s *csvScanner) skipBOM() error {
	for !s.eof && s.n < len(bom) {
		if err := s.more(); err != nil {
			return err
		}
	}
	if bytes.HasPrefix(s.buf[:s.n], []byte(bom)) {
		s.i = len(bom)
	}
	return nil
}

// peek gives what comes next, up to n bytes of it, without passing over it.
func (s *csvScanner) peek(n int) ([]byte, error) {
	for !s.eof && s.n-s.i < n {
		if err := s.more(); err != nil {
			return nil, err
		}
	}
	return s.buf[s.i:min(s.n, s.i+n)], nil
}

// more adds what the reader has to the bytes that are not yet used.
func (s *csvScanner) more() error {
	s.n = copy(s.buf, s.buf[s.i:s.n])
	s.i = 0
	n, err := s.r.Read(s.buf[s.n:])
	s.n += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	return err
}

// next gives the next byte; false at the end of the text.
func (s *csvScanner) next() (byte, bool, error) {
	for s.i == s.n {
		if s.eof {
			return 0, false, nil
		}
		if err := s.more(); err != nil {
			return 0, false, err
		}
	}
	c := s.buf[s.i]
	s.i++
	return c, true, nil
}

// endings of a field
const (
	endField = iota
	endRecord
	endText
)

// record reads the next record that is not a blank line; false at the end.
func (s *csvScanner) record() (bool, error) {
	for {
		s.text, s.fields, s.count, s.content = s.text[:0], s.fields[:0], 0, false
		blank := true
		for {
			f := field{s: s, keep: s.wanted == nil || s.wanted(s.count), start: len(s.text)}
			end, err := f.read()
			if err != nil {
				return false, err
			}
			s.count++
			blank = blank && !f.quoted && !f.content
			s.content = s.content || f.content
			if f.keep {
				s.fields = append(s.fields, f.done(s.count-1))
			}
			if end == endField {
				blank = false
				continue
			}
			if end == endRecord {
				s.line++
			}
			if !blank {
				return true, nil
			}
			if end == endText {
				return false, nil
			}
			break
		}
	}
}

// field is one field while it is read.
type field struct {
	s       *csvScanner
	keep    bool
	start   int
	quoted  bool
	content bool // a byte that is not a blank
	bad     bool
	cut     bool // a byte that is not a blank fell behind the limit
}

func (f *field) read() (end int, err error) {
	c, ok, err := f.s.next()
	if err != nil || !ok {
		return endText, err
	}
	if c == '"' {
		f.quoted = true
		return f.readQuoted()
	}
	f.s.i--
	return f.readBare()
}

// readBare reads to the separator. A CR is content unless LF follows.
func (f *field) readBare() (int, error) {
	cr := false
	for {
		c, ok, err := f.s.next()
		if err != nil {
			return 0, err
		}
		if cr && (!ok || c != '\n') {
			f.add('\r')
		}
		cr = false
		if !ok {
			return endText, nil
		}
		switch c {
		case ';':
			return endField, nil
		case '\n':
			return endRecord, nil
		case '\r':
			cr = true
		case '"':
			return 0, Unreadable("line %d: a quote in a field that is not quoted", f.s.line)
		default:
			f.add(c)
		}
	}
}

// readQuoted reads to the closing quote and the separator right behind it.
func (f *field) readQuoted() (int, error) {
	opened := f.s.line
	for {
		c, ok, err := f.s.next()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, Unreadable("line %d: a quote that never closes", opened)
		}
		if c == '\n' {
			f.s.line++
		}
		if c != '"' {
			f.add(c)
			continue
		}
		c, ok, err = f.s.next()
		if err != nil || !ok {
			return endText, err
		}
		switch c {
		case '"':
			f.add('"')
			continue
		case ';':
			return endField, nil
		case '\n':
			return endRecord, nil
		case '\r':
			if c, ok, err = f.s.next(); err != nil {
				return 0, err
			} else if ok && c == '\n' {
				return endRecord, nil
			}
		}
		return 0, Unreadable("line %d: text behind a closing quote", f.s.line)
	}
}

// add keeps a byte of content; blanks at the start are left out.
func (f *field) add(c byte) {
	if c == ' ' || c == '\t' {
		if !f.content || !f.keep {
			return
		}
	} else {
		f.content = true
		if c == 0 || (c >= 0x80 && f.s.undefined != nil && f.s.undefined(c)) {
			f.bad = true
		}
	}
	if !f.keep {
		return
	}
	if len(f.s.text)-f.start >= f.s.limit {
		f.cut = f.cut || (c != ' ' && c != '\t')
		return
	}
	f.s.text = append(f.s.text, c)
}

// done gives the field with blanks at its end left out, those of a field that
// was cut off excepted: they are not at its end.
func (f *field) done(no int) csvField {
	end := len(f.s.text)
	for !f.cut && end > f.start && (f.s.text[end-1] == ' ' || f.s.text[end-1] == '\t') {
		end--
	}
	return csvField{no: no, start: f.start, end: end, bad: f.bad}
}
