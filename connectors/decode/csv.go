package decode

import (
	"bytes"
	"errors"
	"strings"

	"doorstroom/schemas"
)

// CSV and CSVGzip are what municipalities deliver.
var (
	CSV     = Format{Name: "csv", Text: true, Dates: csvDates, Parts: whole(readCSV(false))}
	CSVGzip = Format{Name: "csv.gz", Text: true, Gzip: true, Dates: csvDates, Parts: whole(readCSV(true))}
)

const csvDates = "dd-mm-jjjj, jjjjmmdd or jjjj-mm-dd"

// csvReader reads the records of one CSV file.
type csvReader struct {
	in      *Input
	scan    *csvScanner
	row     schemas.Row
	numbers []int // of each column the field, -1 for an unknown one
	utf8    []byte
	// head is the beginning of the text, for what may be wrong with it.
	head []byte
	no   int64 // of the record
	odd  oddRows
}

func readCSV(compressed bool) func(*Input, Emit) (Result, error) {
	return func(in *Input, emit Emit) (Result, error) {
		content, err := in.content(compressed)
		if err != nil {
			return Result{}, err
		}
		var undefined func(byte) bool
		if in.Windows1252 {
			undefined = undefined1252
		}
		r := &csvReader{in: in, scan: newCSVScanner(content, undefined), row: in.Record.New()}
		return r.read(emit)
	}
}

func (r *csvReader) read(emit Emit) (Result, error) {
	if err := r.scan.skipBOM(); err != nil {
		return Result{}, err
	}
	head, err := r.scan.peek(HeadLength)
	if err != nil {
		return Result{}, err
	}
	r.head = bytes.Clone(head)
	columns, err := r.header()
	if err != nil {
		return Result{}, r.hinted(err)
	}
	missing := columns.Fault(r.in, r.headHints()...)
	err = r.records(emit, missing != nil)
	result := columns.Result()
	result.Remarks = r.odd.remarks()
	if err == nil {
		err = missing
	}
	return result, r.hinted(err)
}

// records hands on the records; idle reads them only to tell whether the file
// is readable, which comes before the columns that are missing.
func (r *csvReader) records(emit Emit, idle bool) error {
	for {
		ok, err := r.scan.record()
		if err != nil || !ok {
			return err
		}
		if idle {
			continue
		}
		r.no++
		rule := r.set()
		if kind, odd := r.oddCSV(rule); odd {
			r.odd.add(kind, r.no)
		}
		if err := emit(r.row, rule); err != nil {
			return err
		}
	}
}

// hinted adds what the beginning of the file shows to why it is unreadable.
func (r *csvReader) hinted(err error) error {
	var fault *Fault
	if !errors.As(err, &fault) || fault.Reason != schemas.UnreadableFile {
		return err
	}
	return Unreadable("%s", strings.Join(append([]string{fault.Detail}, r.headHints()...), "; "))
}

// header reads the first line and tells which column is which field.
func (r *csvReader) header() (*Columns, error) {
	c := NewColumns(r.in.Record)
	r.scan.limit, r.scan.wanted = nameLimit, func(i int) bool { return i <= columnLimit }
	ok, err := r.scan.record()
	if err != nil || !ok {
		return c, err
	}
	r.scan.limit = fieldLimit
	// The first field of a line that is not a record tells what it is.
	r.scan.wanted = func(i int) bool { return i == 0 || i < len(r.numbers) && r.numbers[i] >= 0 }
	if r.scan.count > columnLimit {
		return c, nil
	}
	for _, f := range r.scan.fields {
		name := r.scan.text[f.start:f.end]
		r.numbers = append(r.numbers, c.Add(lowerASCII(name), r.decoded(name)))
	}
	return c, nil
}

// lowerASCII folds a header name: column names are ASCII.
func lowerASCII(b []byte) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, string(b))
}

// set fills the row from the fields of the record just read.
func (r *csvReader) set() schemas.Rule {
	r.row.Reset(schemas.SyntaxCSV)
	r.utf8 = r.utf8[:0]
	bad := false
	for _, f := range r.scan.fields {
		if f.no >= len(r.numbers) || r.numbers[f.no] < 0 {
			continue
		}
		bad = bad || f.bad
		if !f.bad {
			r.row.SetText(r.numbers[f.no], r.decoded(r.scan.text[f.start:f.end]))
		}
	}
	switch {
	case bad:
		return schemas.BadEncoding
	case r.scan.count != len(r.numbers):
		return schemas.WrongFieldCount
	}
	return ""
}

// decoded gives the text in UTF-8.
func (r *csvReader) decoded(text []byte) []byte {
	if !r.in.Windows1252 || bytes.IndexFunc(text, func(c rune) bool { return c >= 0x80 }) < 0 {
		return text
	}
	start := len(r.utf8)
	r.utf8 = append1252(r.utf8, text)
	return r.utf8[start:]
}
