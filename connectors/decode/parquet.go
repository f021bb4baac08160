package decode

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/parquet-go/parquet-go"

	"doorstroom/schemas"
)

// Parquet is what UWV delivers. Each row group is a part.
var Parquet = Format{Name: "parquet", Parts: parquetParts}

// parquetFile is an open file whose schema has been held against its record.
type parquetFile struct {
	in      *Input
	file    *parquet.File
	places  [][]chunkPlace // by row group and column
	columns []parquetColumn
	// missing is the column_missing of the file, reported once the rest of it
	// has shown to be readable.
	missing error
	unknown int
}

// parquetColumn is a known column of the file.
type parquetColumn struct {
	field int
	kind  schemas.Kind
	index int // among the leaves of the file
	read  valueReader
	name  string
	shape pageShape
}

func parquetParts(in *Input) (parts []Part, err error) {
	defer recoverFault(&err)
	f, err := openParquet(in)
	if err != nil {
		return nil, err
	}
	first := int64(1)
	for i, g := range f.file.RowGroups() {
		if g.NumRows() < 0 {
			return nil, unreadable("row group %d: a negative number of rows", i+1)
		}
		parts = append(parts, Part{FirstRow: first, Read: func(emit Emit) (Result, error) { return f.readGroup(i, g, emit) }})
		first += g.NumRows()
	}
	if len(parts) == 0 && f.missing != nil {
		return nil, f.missing
	}
	return parts, nil
}

// recoverFault turns a panic of the Parquet library, which trusts much of what
// a file says, into a fault of the file. What it panicked with may hold values.
func recoverFault(err *error) {
	if recover() != nil {
		*err = unreadable("broken Parquet")
	}
}

// diskFault tells an error of the disk from one of the file.
func diskFault(err error, what string, args ...any) error {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return err
	}
	return unreadable("%s", fmt.Sprintf(what, args...))
}

func openParquet(in *Input) (*parquetFile, error) {
	file, places, err := openFooter(in)
	if err != nil {
		return nil, err
	}
	f := &parquetFile{in: in, file: file, places: places}
	columns := newColumns(in.Record)
	for _, c := range file.Root().Columns() {
		field := columns.add(c.Name())
		if field < 0 {
			continue
		}
		if !c.Leaf() || c.Repeated() {
			return nil, unreadable("column %s is no plain column", c.Name())
		}
		kind := in.Record.Fields[field].Kind
		read, err := valueReaderOf(kind, c.Type())
		if err != nil {
			return nil, unreadable("column %s: %v", c.Name(), err)
		}
		f.columns = append(f.columns, parquetColumn{field: field, kind: kind, index: c.Index(), read: read, name: c.Name(), shape: shapeOf(c)})
	}
	f.missing, f.unknown = columns.fault(in.Mutation), columns.unknown
	return f, nil
}

// advanceEvery is after how many rows progress is told.
const advanceEvery = 8192

// readGroup hands on the rows of one row group.
func (f *parquetFile) readGroup(no int, g parquet.RowGroup, emit Emit) (result Result, err error) {
	defer recoverFault(&err)
	result = Result{UnknownColumns: f.unknown}
	chunks := g.ColumnChunks()
	open := make([]*columnPages, 0, len(f.columns))
	defer func() {
		for _, c := range open {
			c.close()
		}
	}()
	shared := &memory{left: groupLimit}
	for _, c := range f.columns {
		pages := chunks[c.index].(*parquet.FileColumnChunk).PagesFrom(newPageStream(f.in.File, f.places[no][c.index], c.shape, g.NumRows(), shared))
		open = append(open, &columnPages{parquetColumn: c, group: no + 1, pages: pages})
	}
	if len(open) == 0 {
		// Nothing bears out how many rows the group says that it has.
		return result, f.missing
	}
	row := f.in.Record.New()
	progress := f.progress(g)
	for n := g.NumRows(); n > 0; n-- {
		if n%advanceEvery == 0 {
			progress(advanceEvery)
		}
		row.Reset(schemas.SyntaxISO)
		bad := false
		for _, c := range open {
			if c.pos == c.rows {
				if err := c.load(); err != nil {
					return result, err
				}
			}
			if !c.set(row) {
				bad = true
			}
		}
		if f.missing != nil {
			continue
		}
		var whole schemas.Rule
		if bad {
			whole = schemas.BadEncoding
		}
		if err := emit(row, whole); err != nil {
			return result, err
		}
	}
	for _, c := range open {
		if err := c.end(); err != nil {
			return result, err
		}
	}
	return result, f.missing
}

// progress gives a function that tells of rows read as a share of the file's bytes.
func (f *parquetFile) progress(g parquet.RowGroup) func(rows int64) {
	all := float64(max(1, f.file.NumRows()))
	return func(rows int64) {
		if f.in.Advance != nil {
			f.in.Advance(int64(float64(f.in.Size) * float64(rows) / all))
		}
	}
}
