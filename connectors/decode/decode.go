// Package decode reads the formats that suppliers deliver, record by record and
// in bounded memory, and hands each record on in the form of its schema. It
// knows what makes a file unreadable and a record unreadable as a whole; the
// rules of single fields are the schema's.
package decode

import (
	"fmt"
	"io"

	"doorstroom/connectors/decode/memory"
	"doorstroom/schemas"
)

// Emit takes the next record of a file. The row and its texts are valid during
// the call only. whole is the rule that the record breaks as a whole
// (bad_encoding, bad_json, wrong_field_count), empty when its fields are to be
// validated. An error of Emit ends the reading and is handed on as it is.
type Emit func(row schemas.Row, whole schemas.Rule) error

// Input is one file of a delivery.
type Input struct {
	Record *schemas.Record
	// Mutation tells a mutation delivery, in which column mutatie is required.
	Mutation bool
	// ColumnsAbsent are the optional columns that the manifest says the file does not have.
	ColumnsAbsent []string
	File          io.ReaderAt
	// Size is the length of the file in bytes.
	Size int64
	// Windows1252 tells that the text of a CSV file is not UTF-8.
	Windows1252 bool
	// Memory is the file's share of what all files take that are read at a time;
	// nil when it is read alone.
	Memory *memory.Share
	// Advance is told how many bytes of the file have been read since the last call.
	Advance func(bytes int64)
}

// Result is what reading a file to its end tells beside the records.
type Result struct {
	// UnknownColumns counts columns or keys that the contract does not know.
	UnknownColumns int
	// UnknownNames are the first of them, escaped.
	UnknownNames []string
	// Remarks tell what of the file is odd, for whoever has to fix it. They
	// concern nobody when the file is taken.
	Remarks []string
	// PageTotal is the total that a page states.
	PageTotal int64
}

// Format is one of the contract's file formats.
type Format struct {
	// Name as manifests write it.
	Name string
	// Gzip tells that the file is compressed as a whole.
	Gzip bool
	// Text tells that whether the content is UTF-8 must be known before reading.
	Text bool
	// Dates are the forms of a date in it, in the contract's letters.
	Dates string
	// Paged tells that each file states the total of its record.
	Paged bool
	// Parts cuts a file in parts that may be read side by side, in order.
	Parts func(*Input) ([]Part, error)
}

// Part is a run of records of a file that can be read on its own.
type Part struct {
	// FirstRow is the number of its first record in the file, from 1.
	FirstRow int64
	// Read hands every record to emit, in order.
	Read func(Emit) (Result, error)
}

// Fault is why a whole file cannot be taken. Detail says what and where, never a value.
type Fault struct {
	Reason schemas.Reason
	Detail string
}

// Error implements error.
func (f *Fault) Error() string { return fmt.Sprintf("%s: %s", f.Reason, f.Detail) }

// Unreadable is the Fault of a file that cannot be read; the text says what and
// where, never a value.
func Unreadable(format string, args ...any) *Fault {
	return &Fault{Reason: schemas.UnreadableFile, Detail: fmt.Sprintf(format, args...)}
}

// whole makes the one part of a format that is read from its start.
func whole(read func(*Input, Emit) (Result, error)) func(*Input) ([]Part, error) {
	return func(in *Input) ([]Part, error) {
		return []Part{{FirstRow: 1, Read: func(emit Emit) (Result, error) { return read(in, emit) }}}, nil
	}
}
