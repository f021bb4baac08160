// Package decodetest reads files in the tests of decoders and remembers what
// these made of every record, by which one file is held against another and
// against values written by hand. It knows no format.
package decodetest

import (
	"fmt"
	"sort"
	"strings"

	"doorstroom/schemas"
)

// Someone is a pseudonym by the contract's form, of nobody.
const Someone = "abcdefghijklmnopqrstuvwxya"

// Recorder is a row that only remembers what was set, as text.
type Recorder struct {
	schemas.Row
	Set map[int]string
}

// Reset implements schemas.Row.
func (r *Recorder) Reset(schemas.Syntax) { r.Set = map[int]string{} }

// SetText implements schemas.Row.
func (r *Recorder) SetText(field int, text []byte) {
	if len(text) > 0 {
		r.Set[field] = string(text)
	}
}

// SetInt implements schemas.Row.
func (r *Recorder) SetInt(field int, v int64) { r.Set[field] = fmt.Sprint("int ", v) }

// SetHundredths implements schemas.Row.
func (r *Recorder) SetHundredths(field int, v int64) { r.Set[field] = fmt.Sprint("hundredths ", v) }

// SetDate implements schemas.Row.
func (r *Recorder) SetDate(field int, days int32) { r.Set[field] = fmt.Sprint("day ", days) }

// SetWrongType implements schemas.Row.
func (r *Recorder) SetWrongType(field int, _ string) { r.Set[field] = "wrong type" }

// Recorded is a record of the contract whose rows are Recorders.
func Recorded(name string) *schemas.Record {
	r := *schemas.RecordOf(name)
	r.New = func() schemas.Row { return &Recorder{} }
	return &r
}

// RecordWith is a record for which a file with these columns is complete. What
// else a record must have is there under names that no file has.
func RecordWith(fields ...schemas.Field) *schemas.Record {
	r := &schemas.Record{Name: "made for a test", New: func() schemas.Row { return &Recorder{} }}
	elsewhere := func() {
		r.Fields = append(r.Fields, schemas.Field{Column: fmt.Sprint("no column of any file ", len(r.Fields))})
	}
	for len(r.Fields) < schemas.FieldPseudonymV {
		elsewhere()
	}
	r.Fields = append(r.Fields, fields...)
	for len(r.Fields) <= schemas.FieldPseudonymB {
		elsewhere()
	}
	return r
}

// Optional are the columns that a file may lack when its manifest says so.
func Optional(r *schemas.Record) (columns []string) {
	for _, f := range r.Fields {
		if !f.Always {
			columns = append(columns, f.Column)
		}
	}
	return columns
}

// Outcome is what was handed on of one record: the rule that it breaks as a
// whole, and the text of each field that was set.
type Outcome struct {
	Whole schemas.Rule
	Set   map[int]string
}

// String is the same for equal outcomes and no others.
func (o Outcome) String() string {
	var parts []string
	for field, text := range o.Set {
		parts = append(parts, fmt.Sprintf("%d=%q", field, text))
	}
	sort.Strings(parts)
	return string(o.Whole) + " " + strings.Join(parts, " ")
}

// Differing counts the records of got that are not among the sound ones.
func Differing(got, sound []Outcome) (n int) {
	known := map[string]int{}
	for _, s := range sound {
		known[s.String()]++
	}
	for _, g := range got {
		if known[g.String()]--; known[g.String()] < 0 {
			n++
		}
	}
	return n
}
