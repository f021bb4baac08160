package decode

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/schemas"
)

// Parquet is what UWV delivers. Each row group is a part.
var Parquet = Format{Name: "parquet", Parts: parquetParts}

// parquetFile is an open file whose schema has been held against its record.
type parquetFile struct {
	in      *Input
	groups  []parquetGroup
	rows    int64
	columns []parquetColumn
	// missing is the column_missing of the file, reported once the rest of it
	// has shown to be readable.
	missing error
	result  Result
}

// parquetColumn is a known column of the file.
type parquetColumn struct {
	field int
	kind  schemas.Kind
	chunk *parquet.FileColumnChunk
	read  valueReader
	name  string
	shape pageShape
	// unsigned tells of numbers that an int64 shows as negative.
	unsigned bool
}

// groupsLimit is how many row groups a file may have: the format numbers them with 16 bits.
const groupsLimit = 32767

// parquetGroup is a row group: where the pages of each known column lie.
type parquetGroup struct {
	rows   int64
	places []chunkPlace
}

// chunkPlace is where the pages of a column chunk lie, and how they are packed.
type chunkPlace struct {
	start, length int64
	codec         format.CompressionCodec
}

func parquetParts(in *Input) (parts []Part, err error) {
	defer recoverFault(&err)
	f, err := openParquet(in)
	if err != nil {
		return nil, err
	}
	first := int64(1)
	for i, g := range f.groups {
		parts = append(parts, Part{FirstRow: first, Read: func(emit Emit) (Result, error) { return f.readGroup(i, g, emit) }})
		first += g.rows
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

// diskFault tells an error of ours, of the disk say, from one of the file.
func diskFault(err error, what string, args ...any) error {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	var disk *fs.PathError
	if errors.As(err, &disk) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return unreadable("%s", fmt.Sprintf(what, args...))
}

func openParquet(in *Input) (*parquetFile, error) {
	meta, end, err := readMeta(in)
	if err != nil {
		return nil, err
	}
	all, leaves, ok := topColumns(meta.Schema)
	if !ok {
		return nil, unreadable("a broken Parquet schema")
	}
	f := &parquetFile{in: in}
	columns := newColumns(in.Record)
	var known []topColumn
	for _, c := range all {
		field := columns.add(c.Name, []byte(c.Name))
		if field < 0 {
			continue
		}
		if !c.plain() {
			return nil, unreadable("column %s is no plain column", c.Name)
		}
		known = append(known, c)
		f.columns = append(f.columns, parquetColumn{field: field, kind: in.Record.Fields[field].Kind, name: c.Name})
	}
	if err := f.bind(known); err != nil {
		return nil, err
	}
	if err := f.place(meta.RowGroups, known, leaves, end); err != nil {
		return nil, err
	}
	f.missing, f.result = columns.fault(in), columns.result()
	return f, nil
}

// bind tells how the values of each known column are read.
func (f *parquetFile) bind(known []topColumn) error {
	if len(known) == 0 {
		return nil
	}
	chunks, columns, err := pagesOf(known)
	if err != nil {
		return err
	}
	for i := range f.columns {
		c := &f.columns[i]
		t := columns[i].Type()
		// A logical type says of itself which physical type it is; the file must agree.
		if format.Type(t.Kind()) != known[i].Type.V {
			return unreadable("column %s: its logical type is not one of its physical type", c.name)
		}
		if c.read, err = valueReaderOf(c.kind, t); err != nil {
			return unreadable("column %s: %v", c.name, err)
		}
		c.chunk, c.shape, c.unsigned = chunks[i], shapeOf(columns[i]), unsigned64(t)
	}
	return nil
}

// place finds the pages of the known columns in each row group. end is where
// the footer starts.
func (f *parquetFile) place(groups []groupMeta, known []topColumn, leaves int, end int64) error {
	if len(groups) > groupsLimit {
		return unreadable("more than %d row groups; write larger ones", groupsLimit)
	}
	for i := range groups {
		g := &groups[i]
		if g.NumRows < 0 || g.NumRows > math.MaxInt64-f.rows || len(g.Columns) != leaves {
			return unreadable("row group %d: a number of rows beyond belief, or other columns than those of the file", i+1)
		}
		group := parquetGroup{rows: g.NumRows}
		for _, c := range known {
			place, ok := placeOf(&g.Columns[c.leaf], c, end)
			if !ok {
				return unreadable("row group %d, column %s: its pages lie outside the file, or are those of another column, or encrypted", i+1, c.Name)
			}
			group.places = append(group.places, place)
		}
		f.groups = append(f.groups, group)
		f.rows += g.NumRows
	}
	return nil
}

func placeOf(chunk *chunkMeta, c topColumn, end int64) (chunkPlace, bool) {
	m := &chunk.MetaData
	place := chunkPlace{start: m.DataPageOffset, length: m.TotalCompressedSize, codec: m.Codec}
	if m.DictionaryPageOffset != 0 {
		place.start = m.DictionaryPageOffset
	}
	within := place.start >= 0 && place.length >= 0 && place.length <= end && place.start <= end-place.length
	same := m.Type == c.Type.V && slices.Equal(m.PathInSchema, []string{c.Name})
	return place, within && same && chunk.FilePath == "" && chunk.Encryption == nil
}

// advanceEvery is after how many rows progress is told.
const advanceEvery = 8192

// readGroup hands on the rows of one row group.
func (f *parquetFile) readGroup(no int, g parquetGroup, emit Emit) (result Result, err error) {
	defer recoverFault(&err)
	result = f.result
	shared := &groupMemory{share: f.in.Memory}
	defer shared.close()
	open := make([]*columnPages, 0, len(f.columns))
	defer func() {
		for _, c := range open {
			c.close()
		}
	}()
	for i, c := range f.columns {
		pages := c.chunk.PagesFrom(newPageStream(f.in.File, g.places[i], c.shape, g.rows, shared))
		open = append(open, &columnPages{parquetColumn: c, group: no + 1, pages: pages})
	}
	if len(open) == 0 {
		// Nothing bears out how many rows the group says that it has.
		return result, f.missing
	}
	row := f.in.Record.New()
	progress := f.progress()
	for n := g.rows; n > 0; n-- {
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
func (f *parquetFile) progress() func(rows int64) {
	all := float64(max(1, f.rows))
	return func(rows int64) {
		if f.in.Advance != nil {
			f.in.Advance(int64(float64(f.in.Size) * float64(rows) / all))
		}
	}
}
