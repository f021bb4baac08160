package decode

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// topColumn is a column of the file itself, not one that lies in another.
type topColumn struct {
	*format.SchemaElement
	leaf int // its place among the leaves of the file
}

// plain tells whether it holds at most one value for each row.
func (c topColumn) plain() bool {
	return c.Type.Valid && c.NumChildren.V == 0 && (!c.RepetitionType.Valid || c.RepetitionType.V != format.Repeated)
}

// topColumns walks the schema, a tree written as a list, and gives its upper
// columns and how many leaves there are. The library makes room for the path of
// every column, which grows with the square of how deep they lie, so it is
// shown none but plain columns.
func topColumns(schema []format.SchemaElement) (columns []topColumn, leaves int, ok bool) {
	if len(schema) == 0 {
		return nil, 0, false
	}
	next := 1
	for n := schema[0].NumChildren.V; n > 0; n-- {
		if next >= len(schema) {
			return nil, 0, false
		}
		columns = append(columns, topColumn{&schema[next], leaves})
		for below := int64(1); below > 0; next++ {
			if next >= len(schema) || schema[next].NumChildren.V < 0 || !knownTypes(&schema[next]) {
				return nil, 0, false
			}
			below += int64(schema[next].NumChildren.V) - 1
			if schema[next].Type.Valid {
				leaves++
			}
		}
	}
	return columns, leaves, next == len(schema)
}

// knownTypes tells whether a column is of a physical type and a repetition that the format has.
func knownTypes(s *format.SchemaElement) bool {
	return (!s.Type.Valid || (s.Type.V >= format.Boolean && s.Type.V <= format.FixedLenByteArray)) &&
		(!s.RepetitionType.Valid || (s.RepetitionType.V >= format.Required && s.RepetitionType.V <= format.Repeated))
}

// pagesOf makes the library's readers of pages for plain columns. Each believes
// that its pages are uncompressed and lie from firstPage on: pageStream unpacks
// them, which the library does wrongly for lz4_raw (a page that hardly shrank
// comes out as what was in memory before, and a damaged one makes it take memory
// without end) and without bounds for other codecs.
func pagesOf(columns []topColumn) ([]*parquet.FileColumnChunk, []*parquet.Column, error) {
	root := format.SchemaElement{Name: "root", NumChildren: thrift.New(int32(len(columns)))}
	meta := format.FileMetaData{Version: 2, Schema: []format.SchemaElement{root}, RowGroups: []format.RowGroup{{}}}
	group := &meta.RowGroups[0]
	for _, c := range columns {
		meta.Schema = append(meta.Schema, *c.SchemaElement)
		group.Columns = append(group.Columns, format.ColumnChunk{FileOffset: firstPage, MetaData: format.ColumnMetaData{
			Type: c.Type.V, PathInSchema: []string{c.Name}, DataPageOffset: firstPage, TotalCompressedSize: math.MaxInt64 - firstPage,
		}})
	}
	var protocol thrift.CompactProtocol
	footer, err := thrift.Marshal(&protocol, &meta)
	if err != nil {
		return nil, nil, unreadable("a broken Parquet schema")
	}
	file := append([]byte(magic), footer...)
	file = append(binary.LittleEndian.AppendUint32(file, uint32(len(footer))), magic...)
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return nil, nil, unreadable("a broken Parquet schema")
	}
	var chunks []*parquet.FileColumnChunk
	for _, c := range f.RowGroups()[0].ColumnChunks() {
		chunks = append(chunks, c.(*parquet.FileColumnChunk))
	}
	return chunks, f.Root().Columns(), nil
}

// firstPage is where the first page lies in the library's eyes.
const firstPage = int64(len(magic))
