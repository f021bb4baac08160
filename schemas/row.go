package schemas

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Syntax is how a format writes dates; the other types read alike everywhere.
type Syntax uint8

// The syntaxes: ISO dates only, or also the municipal forms of CSV.
const (
	SyntaxISO Syntax = iota
	SyntaxCSV
)

// Context is what validation needs to know of the delivery that a record is in.
type Context struct {
	// Mutation tells a mutation delivery from a full one.
	Mutation bool
	// DrawnYear is the year of drawn_on, the latest year of birth.
	DrawnYear int
	// Municipalities are the codes that a municipal manifest names; nil for other suppliers.
	Municipalities []Code
}

// Violation is one broken field of a record. Field is -1 for the record as a whole.
type Violation struct {
	Field int
	Rule  Rule
	// Found tells in general terms how the value is written, never the value; empty when there is nothing to tell.
	Found string
}

// Position says where a record came from: the attempt at a delivery, the rank
// of the file in it (by the bytes of its name, from 0), the n-th record (from 1).
type Position struct {
	LoadID uint64
	FileNo int32
	RowNo  int64
}

// Row is one record while it is read: reset, set field by field, validated,
// encoded. Text is not copied: it must stay unchanged until the next Reset.
// Fields are numbered as in Record.Fields. Setting an empty text is leaving it absent.
type Row interface {
	// Reset forgets the record before and says which syntax the next one is in.
	Reset(Syntax)
	// SetText reads a text value; number literals of CSV and JSON come this way too.
	SetText(field int, text []byte)
	// SetInt sets a Parquet integer.
	SetInt(field int, v int64)
	// SetHundredths sets hours in hundredths.
	SetHundredths(field int, v int64)
	// SetDate sets a Parquet DATE, given in days since 1970-01-01.
	SetDate(field int, unixDays int32)
	// SetWrongType marks a value of another JSON type than the field's, or a Parquet
	// value that has no place in it; found tells in general terms what it is.
	SetWrongType(field int, found string)
	// Validate gives the broken fields in field order, none for a good record.
	// The result is valid until the next Reset.
	Validate(*Context) []Violation
	// Number gives the value of an integer field for control totals, one out of
	// range too; 0 when it is absent or no number.
	Number(field int) int64
	// MessageKey gives the pseudonym that messages are keyed by: B, else V; absent for a V operation.
	MessageKey() Pseudonym
	// ID gives record_id.
	ID() []byte
	// AppendAvro appends the record in Avro binary. Only after a Validate without violations.
	AppendAvro(dst []byte, at Position) []byte
	// AppendStored appends the record as its raw table stores it, in ClickHouse's
	// RowBinary: what formatRow('RowBinary', ...) gives of the table's columns. Only after a Validate without violations.
	AppendStored(dst []byte, at Position) []byte
	// AppendKey appends what names the record among those of its kind: record_id, for municipalities with municipality_code.
	AppendKey(dst []byte) []byte
	// Present tells, a bit per field, which were delivered, sound or not.
	Present() uint32
	// DecodeAvro reads what AppendAvro wrote; texts alias msg.
	DecodeAvro(msg []byte) (Position, error)
}

// rowState is what every record type embeds: which fields are there and which are broken.
type rowState struct {
	syntax     Syntax
	present    uint32
	broken     uint32
	rules      [32]Rule
	found      [32]string
	numbers    [32]int64
	violations []Violation
}

func (s *rowState) reset(syntax Syntax) {
	s.syntax, s.present, s.broken = syntax, 0, 0
}

// Has tells whether the field was delivered, sound or not.
func (s *rowState) Has(field int) bool { return s.present&(1<<field) != 0 }

// Present implements Row.
func (s *rowState) Present() uint32 { return s.present }

// good tells whether the field is there and sound.
func (s *rowState) good(field int) bool { return s.present&^s.broken&(1<<field) != 0 }

// Number implements Row.
func (s *rowState) Number(field int) int64 {
	if !s.Has(field) {
		return 0
	}
	return s.numbers[field]
}

// fail keeps the first rule that a field breaks.
func (s *rowState) fail(field int, r Rule) {
	if s.broken&(1<<field) == 0 {
		s.broken |= 1 << field
		s.rules[field], s.found[field] = r, ""
	}
}

// failAs keeps the rule with the form of the value that breaks it.
func (s *rowState) failAs(field int, r Rule, found string) {
	if s.broken&(1<<field) == 0 {
		s.fail(field, r)
		s.found[field] = found
	}
}

// fill marks a field that the program itself set.
func (s *rowState) fill(field int) { s.present |= 1 << field; s.broken &^= 1 << field }

// keep forgets every field outside the mask: the rest of a V record is not read.
func (s *rowState) keep(mask uint32) { s.present &= mask; s.broken &= mask }

// require marks absent fields of the mask as missing.
func (s *rowState) require(mask uint32) {
	for missing := mask &^ s.present; missing != 0; missing &= missing - 1 {
		s.fail(bits.TrailingZeros32(missing), Missing)
	}
}

// operation checks the mutatie of a record against the delivery's mode.
func (s *rowState) checkOperation(field int, c *Context) {
	switch {
	case c.Mutation && !s.Has(field):
		s.fail(field, Missing)
	case !c.Mutation && s.Has(field):
		s.fail(field, BadOperation)
	}
}

// ordered marks the end of a period that lies before its start.
func (s *rowState) ordered(startField int, start Date, endField int, end Date) {
	if s.good(startField) && s.good(endField) && end < start {
		s.fail(endField, EndBeforeStart)
	}
}

func (s *rowState) result() []Violation {
	s.violations = s.violations[:0]
	for b := s.broken; b != 0; b &= b - 1 {
		f := bits.TrailingZeros32(b)
		s.violations = append(s.violations, Violation{Field: f, Rule: s.rules[f], Found: s.found[f]})
	}
	return s.violations
}

func (s *rowState) text(field int, b []byte, maxChars int) []byte {
	s.present |= 1 << field
	if len(b) > maxChars && utf8.RuneCount(b) > maxChars {
		s.fail(field, TooLong)
	}
	return b
}

func (s *rowState) id(field int, b []byte) []byte {
	s.present |= 1 << field
	if len(b) > 40 {
		s.fail(field, BadID)
		return b
	}
	for _, c := range b {
		if !idByte[c] {
			s.fail(field, BadID)
			return b
		}
	}
	return b
}

// idByte marks the bytes of a record_id.
var idByte = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") {
		t[c] = true
	}
	return t
}()

func (s *rowState) pseudonym(field int, b []byte) Pseudonym {
	s.present |= 1 << field
	p, ok := ParsePseudonym(b)
	if !ok {
		s.fail(field, BadPseudonym)
	}
	return p
}

func (s *rowState) code(field int, b []byte, l *CodeList, broken Rule) Code {
	s.present |= 1 << field
	c, ok := l.Parse(b)
	if !ok {
		s.fail(field, broken)
	}
	return c
}

// pattern reads a code that has a form but no list.
func (s *rowState) pattern(field int, b []byte, matches func([]byte) bool) []byte {
	s.present |= 1 << field
	if !matches(b) {
		s.fail(field, CodeNotInList)
	}
	return b
}

func fourDigits(b []byte) bool {
	_, ok := digits(b)
	return ok && len(b) == 4
}

func twoCapitals(b []byte) bool {
	return len(b) == 2 && b[0] >= 'A' && b[0] <= 'Z' && b[1] >= 'A' && b[1] <= 'Z'
}

// integer reads digits with an optional minus and holds them against a range.
func (s *rowState) integer(field int, b []byte, lo, hi int64) int64 {
	s.present |= 1 << field
	v, rule := parseInt(b)
	if rule != "" {
		s.numbers[field] = 0
		s.failAs(field, rule, numberForm(b))
		return 0
	}
	return s.within(field, v, lo, hi)
}

func (s *rowState) within(field int, v, lo, hi int64) int64 {
	s.present |= 1 << field
	s.numbers[field] = v
	if v < lo || v > hi {
		s.fail(field, OutOfRange)
	}
	return v
}

func (s *rowState) hours(field int, b []byte, lo, hi int64) int64 {
	s.present |= 1 << field
	v, rule := parseHundredths(b)
	if rule != "" {
		s.failAs(field, rule, numberForm(b))
		return 0
	}
	return s.within(field, v, lo, hi)
}

func (s *rowState) date(field int, b []byte) Date {
	s.present |= 1 << field
	d, ok := parseDate(b, s.syntax)
	if !ok {
		s.failAs(field, NotADate, dateForm(b))
		return 0
	}
	return s.dateInRange(field, d)
}

func (s *rowState) dateInRange(field int, d Date) Date {
	s.present |= 1 << field
	if !d.InRange() {
		s.fail(field, DateOutOfRange)
	}
	return d
}

// inexact reads a date whose day or month may be unknown. All zeros is an
// unknown date, which is an absent one.
func (s *rowState) inexact(field int, b []byte) Date {
	if s.syntax != SyntaxCSV {
		return s.date(field, b)
	}
	if string(b) == "00000000" {
		return 0
	}
	if d, ok := parsePartDate(b); ok {
		return s.dateInRange(field, d)
	}
	return s.date(field, b)
}

// wrongType marks a value of another type with the rule of the field's type.
func (s *rowState) wrongType(field int, k Kind, found string) {
	s.present |= 1 << field
	s.numbers[field] = 0
	s.failAs(field, k.brokenRule(), found)
}

// names tells whether the manifest names the municipality.
func (c *Context) names(m Code) bool { return slices.Contains(c.Municipalities, m) }

// dateFromDelivered keeps a delivered day apart from "no date": 1899-12-31 is
// out of range like every day before 1970.
func dateFromDelivered(unixDays int32) Date {
	if unixDays < -unixOffset || unixDays > int32(MaxDate) {
		return -1
	}
	if d := DateFromUnixDays(unixDays); d != 0 {
		return d
	}
	return -1
}
