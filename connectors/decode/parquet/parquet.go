// Package parquet reads the Parquet files of a delivery, a thousand values of a
// column at a time, from their pages to the rows of their record. What a page or
// a footer says of itself is held against what is there before it is believed.
// It writes no files, and reads no columns but those of the record.
package parquet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"sync/atomic"

	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// Format is what UWV delivers. Each row group is a part.
var Format = decode.Format{Name: "parquet", Dates: dates, Parts: parts}

const dates = "DATE, TIMESTAMP at midnight, or text jjjj-mm-dd"

// openFile is an open file whose schema has been held against its record.
type openFile struct {
	in      *decode.Input
	groups  []rowGroup
	rows    int64
	columns []*fileColumn
	// missing is the column_missing of the file, reported once the rest of it
	// has shown to be readable.
	missing error
	result  decode.Result
	// nanTold tells that one of the row groups has told of NaN.
	nanTold atomic.Bool
}

// groupsLimit is how many row groups a file may have: the format numbers them with 16 bits.
const groupsLimit = 32767

// rowGroup is a row group: where the pages of each known column lie.
type rowGroup struct {
	rows   int64
	places []chunkPlace
}

// chunkPlace is where the pages of a column chunk lie, and how they are packed.
type chunkPlace struct {
	start, length int64
	codec         format.CompressionCodec
}

func parts(in *decode.Input) (parts []decode.Part, err error) {
	f, err := open(in)
	if err != nil {
		return nil, err
	}
	first := int64(1)
	for i, g := range f.groups {
		parts = append(parts, decode.Part{FirstRow: first, Read: func(emit decode.Emit) (decode.Result, error) { return f.readGroup(i, g, emit) }})
		first += g.rows
	}
	if len(parts) == 0 && f.missing != nil {
		return nil, f.missing
	}
	return parts, nil
}

// diskFault tells an error of ours, of the disk say, from one of the file.
func diskFault(err error, what string, args ...any) error {
	var fault *decode.Fault
	if errors.As(err, &fault) {
		return fault
	}
	var disk *fs.PathError
	if errors.As(err, &disk) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return decode.Unreadable("%s", fmt.Sprintf(what, args...))
}

func open(in *decode.Input) (*openFile, error) {
	meta, end, err := readMeta(in)
	if err != nil {
		return nil, err
	}
	all, leaves, ok := topColumns(meta.Schema)
	if !ok {
		return nil, decode.Unreadable("a broken Parquet schema")
	}
	f := &openFile{in: in}
	columns := decode.NewColumns(in.Record)
	var wrong []topColumn
	for _, top := range all {
		field := columns.Add(top.Name, []byte(top.Name))
		if field < 0 {
			continue
		}
		c, ok := newColumn(field, in.Record.Fields[field], top)
		if !ok {
			wrong = append(wrong, top)
		}
		f.columns = append(f.columns, c)
	}
	if len(wrong) > 0 {
		return nil, wrongTypesOf(wrong, in.Record)
	}
	if err := f.place(meta.RowGroups, leaves, end); err != nil {
		return nil, err
	}
	f.missing, f.result = columns.Fault(in), columns.Result()
	return f, nil
}

// place finds the pages of the known columns in each row group. end is where
// the footer starts.
func (f *openFile) place(groups []groupMeta, leaves int, end int64) error {
	if len(groups) > groupsLimit {
		return decode.Unreadable("more than %d row groups; write larger ones", groupsLimit)
	}
	var codecs packedOtherwise
	for i := range groups {
		g := &groups[i]
		if g.NumRows < 0 || g.NumRows > math.MaxInt64-f.rows || len(g.Columns) != leaves {
			return decode.Unreadable("row group %d: a number of rows beyond belief, or other columns than those of the file", i+1)
		}
		group := rowGroup{rows: g.NumRows}
		for _, c := range f.columns {
			place, ok := placeOf(&g.Columns[c.leaf], c, end)
			if !ok {
				return decode.Unreadable("row group %d, column %s: its pages lie outside the file, or are those of another column, or encrypted", i+1, c.name)
			}
			if !c.empty {
				codecs.add(c.name, place.codec)
			}
			group.places = append(group.places, place)
		}
		f.groups = append(f.groups, group)
		f.rows += g.NumRows
	}
	return codecs.fault()
}

func placeOf(chunk *chunkMeta, c *fileColumn, end int64) (chunkPlace, bool) {
	m := &chunk.MetaData
	place := chunkPlace{start: m.DataPageOffset, length: m.TotalCompressedSize, codec: m.Codec}
	// Where there are no data pages some writers tell no place of them, and where
	// there is no dictionary others tell one behind them.
	if d := m.DictionaryPageOffset; d > 0 && (d < place.start || place.start == 0) {
		place.start = d
	}
	within := place.start >= 0 && place.length >= 0 && place.length <= end && place.start <= end-place.length
	same := m.Type == c.physical && slices.Equal(m.PathInSchema, []string{c.name})
	return place, within && same && chunk.FilePath == "" && chunk.Encryption == nil
}

// advanceEvery is after how many rows progress is told.
const advanceEvery = 8192

// readGroup hands on the rows of one row group.
func (f *openFile) readGroup(no int, g rowGroup, emit decode.Emit) (result decode.Result, err error) {
	result = f.result
	if len(f.columns) == 0 {
		// Nothing bears out how many rows the group says that it has.
		return result, f.missing
	}
	shared := f.in.Memory.Group()
	defer shared.Close()
	columns := make([]*columnPages, len(f.columns))
	for i, c := range f.columns {
		columns[i] = &columnPages{fileColumn: c, group: no + 1, rows: g.rows, stream: newPageStream(f.in.File, g.places[i], g.rows, shared)}
	}
	if err := f.readRows(columns, g.rows, emit); err != nil {
		return result, err
	}
	for _, c := range columns {
		if err := c.end(); err != nil {
			return result, err
		}
		if c.nan && f.nanTold.CompareAndSwap(false, true) {
			result.Remarks = append(result.Remarks, fmt.Sprintf("column %s has NaN, which is not a number; write a missing one as null", c.name))
		}
	}
	return result, f.missing
}

func (f *openFile) readRows(columns []*columnPages, rows int64, emit decode.Emit) error {
	row := f.in.Record.New()
	progress := f.progress()
	for ; rows > 0; rows-- {
		if rows%advanceEvery == 0 {
			progress(advanceEvery)
		}
		row.Reset(schemas.SyntaxISO)
		var whole schemas.Rule
		for _, c := range columns {
			if err := c.next(); err != nil {
				return err
			}
			sound, err := c.set(row)
			if err != nil {
				return err
			}
			if !sound {
				whole = schemas.BadEncoding
			}
		}
		if f.missing != nil {
			continue
		}
		if err := emit(row, whole); err != nil {
			return err
		}
	}
	return nil
}

// progress gives a function that tells of rows read as a share of the file's bytes.
func (f *openFile) progress() func(rows int64) {
	all := float64(max(1, f.rows))
	return func(rows int64) {
		if f.in.Advance != nil {
			f.in.Advance(int64(float64(f.in.Size) * float64(rows) / all))
		}
	}
}
