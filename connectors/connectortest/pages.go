package connectortest

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Chunk is a column of a Parquet file made page by page, so that pages may be
// what no writer makes of them.
type Chunk struct {
	Column   string
	Type     format.Type
	Logical  format.LogicalTypeValue
	Optional bool
	Pages    []Page
}

// Page is one page. Of the header the types and counts are to be filled in; the
// sizes are those of the body.
type Page struct {
	Header format.PageHeader
	Body   []byte
}

// PagedParquet makes a file of row groups that all point to the same pages: few
// bytes that are as many row groups of a number of rows as wanted.
func PagedParquet(t testing.TB, chunks []Chunk, codec compress.Codec, groups int, rows int64) []byte {
	t.Helper()
	file := bytes.NewBufferString("PAR1")
	meta := format.FileMetaData{Version: 2, NumRows: int64(groups) * rows, Schema: []format.SchemaElement{{Name: "root", NumChildren: thrift.New(int32(len(chunks)))}}}
	group := format.RowGroup{NumRows: rows}
	for _, c := range chunks {
		s := format.SchemaElement{Name: c.Column, Type: thrift.New(c.Type), RepetitionType: thrift.New(format.Required)}
		if c.Optional {
			s.RepetitionType = thrift.New(format.Optional)
		}
		s.LogicalType.Value = c.Logical
		meta.Schema = append(meta.Schema, s)
		start := int64(file.Len())
		for _, p := range c.Pages {
			file.Write(p.encode(t, codec))
		}
		group.Columns = append(group.Columns, format.ColumnChunk{FileOffset: start, MetaData: format.ColumnMetaData{
			Type: c.Type, PathInSchema: []string{c.Column}, Codec: codec.CompressionCodec(), NumValues: rows,
			TotalCompressedSize: int64(file.Len()) - start, TotalUncompressedSize: int64(file.Len()) - start, DataPageOffset: start,
		}})
	}
	for range groups {
		meta.RowGroups = append(meta.RowGroups, group)
	}
	footer := marshal(t, &meta)
	file.Write(footer)
	file.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	file.WriteString("PAR1")
	return file.Bytes()
}

func (p Page) encode(t testing.TB, codec compress.Codec) []byte {
	t.Helper()
	packed, err := codec.Encode(nil, p.Body)
	if err != nil {
		t.Fatal(err)
	}
	p.Header.UncompressedPageSize, p.Header.CompressedPageSize = int32(len(p.Body)), int32(len(packed))
	return append(marshal(t, &p.Header), packed...)
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// DataPage is a data page of version 1 with values of an encoding.
func DataPage(encoding format.Encoding, values int, body []byte) Page {
	return Page{format.PageHeader{Type: format.DataPage, DataPageHeader: thrift.New(format.DataPageHeader{
		NumValues: int32(values), Encoding: encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
	})}, body}
}

// DictionaryPage is a dictionary of so many values.
func DictionaryPage(values int, body []byte) Page {
	return Page{format.PageHeader{Type: format.DictionaryPage, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(values), Encoding: format.Plain})}, body}
}

// PlainTexts is the body of a PLAIN page or a dictionary.
func PlainTexts(values ...string) (b []byte) {
	for _, v := range values {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
	}
	return b
}

// Refooted is a Parquet file with its footer changed.
func Refooted(t testing.TB, file []byte, change func(*format.FileMetaData)) []byte {
	t.Helper()
	start := len(file) - 8 - int(binary.LittleEndian.Uint32(file[len(file)-8:]))
	var meta format.FileMetaData
	// Behind the footer of a file with encrypted columns stands its signature.
	if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReaderFromBytes(file[start : len(file)-8])).Decode(&meta); err != nil {
		t.Fatal(err)
	}
	change(&meta)
	footer := marshal(t, &meta)
	out := append(append([]byte{}, file[:start]...), footer...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(footer))), "PAR1"...)
}
