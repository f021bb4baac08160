package parquet_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// A handPage is a data page of a file made by hand: its header may lie.
type handPage struct {
	v2, optional  bool
	bitPacked     bool // levels without runs, in the body
	encoding      format.Encoding
	values, nulls int32
	levels, body  []byte // the levels without the length before them
	dictionary    []byte // PLAIN, nil for none
	inDictionary  int32
}

// handColumn is what a handPage is a page of.
type handColumn struct {
	name    string
	kind    format.Type
	logical format.LogicalTypeValue
	length  int32
}

// handColumns are the columns of handRecord, one of each way of reading.
var handColumns = []handColumn{
	{"int32", format.Int32, nil, 0},
	{"int64", format.Int64, nil, 0},
	{"text", format.ByteArray, &format.StringType{}, 0},
	{"hours", format.FixedLenByteArray, &format.DecimalType{Scale: 2, Precision: 5}, 3},
	{"double", format.Double, nil, 0},
	{"date", format.Int32, &format.DateType{}, 0},
}

// handRecord is a record that a file with the column text is complete for.
var handRecord = &schemas.Record{
	Name: "by hand",
	Fields: []schemas.Field{
		{Column: "int32", Kind: schemas.KindInt32}, {Column: "int64", Kind: schemas.KindInt64}, {Column: "text", Kind: schemas.KindText}, {Column: "other", Kind: schemas.KindText},
		{Column: "hours", Kind: schemas.KindHours}, {Column: "double", Kind: schemas.KindHours}, {Column: "date", Kind: schemas.KindDate},
	},
	New: func() schemas.Row { return &decodetest.Recorder{} },
}

// handFile is a file of one row group: the column under test and, so that the
// file is complete, a column other, without a value unless its page is given.
func handFile(t testing.TB, c handColumn, rows int64, p handPage, others ...handPage) []byte {
	t.Helper()
	file := bytes.NewBufferString("PAR1")
	column := func(c handColumn, p handPage) (format.SchemaElement, format.ColumnChunk) {
		start := int64(file.Len())
		if p.dictionary != nil {
			h := format.PageHeader{Type: format.DictionaryPage, UncompressedPageSize: int32(len(p.dictionary)), CompressedPageSize: int32(len(p.dictionary))}
			h.DictionaryPageHeader = thrift.New(format.DictionaryPageHeader{NumValues: p.inDictionary, Encoding: format.Plain})
			file.Write(append(marshal(t, &h), p.dictionary...))
		}
		data := int64(file.Len())
		file.Write(p.bytes(t))
		s := format.SchemaElement{Type: thrift.New(c.kind), Name: c.name, RepetitionType: thrift.New(format.Required)}
		if p.optional {
			s.RepetitionType = thrift.New(format.Optional)
		}
		if c.length > 0 {
			s.TypeLength = thrift.New(c.length)
		}
		if c.logical != nil {
			s.LogicalType = format.LogicalType{Value: c.logical}
		}
		m := format.ColumnMetaData{Type: c.kind, PathInSchema: []string{c.name}, NumValues: rows, TotalCompressedSize: int64(file.Len()) - start, TotalUncompressedSize: int64(file.Len()) - start, DataPageOffset: data}
		if p.dictionary != nil {
			m.DictionaryPageOffset = start
		}
		return s, format.ColumnChunk{MetaData: m, FileOffset: start}
	}
	tested, testedChunk := column(c, p)
	absent := handPage{optional: true, values: int32(min(rows, 1<<20)), levels: append(binary.AppendUvarint(nil, uint64(min(rows, 1<<20))<<1), 0)}
	if len(others) > 0 {
		absent = others[0]
	}
	other, otherChunk := column(handColumn{"other", format.ByteArray, &format.StringType{}, 0}, absent)
	footer := marshal(t, &format.FileMetaData{
		Version: 2, NumRows: rows, Schema: []format.SchemaElement{{Name: "root", NumChildren: thrift.New(int32(2))}, tested, other},
		RowGroups: []format.RowGroup{{NumRows: rows, Columns: []format.ColumnChunk{testedChunk, otherChunk}}},
	})
	file.Write(footer)
	file.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	file.WriteString("PAR1")
	return file.Bytes()
}

func (p handPage) bytes(t testing.TB) []byte {
	t.Helper()
	var body []byte
	h := format.PageHeader{Type: format.DataPage}
	if p.v2 {
		h.Type = format.DataPageV2
		h.DataPageHeaderV2 = thrift.New(format.DataPageHeaderV2{NumValues: p.values, NumNulls: p.nulls, NumRows: p.values, Encoding: p.encoding, DefinitionLevelsByteLength: int32(len(p.levels))})
	} else {
		h.DataPageHeader = thrift.New(format.DataPageHeader{NumValues: p.values, Encoding: p.encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE})
		if p.bitPacked {
			h.DataPageHeader.V.DefinitionLevelEncoding = format.BitPacked
		} else if p.optional {
			body = binary.LittleEndian.AppendUint32(body, uint32(len(p.levels)))
		}
	}
	body = append(append(body, p.levels...), p.body...)
	h.CompressedPageSize, h.UncompressedPageSize = int32(len(body)), int32(len(body))
	return append(marshal(t, &h), body...)
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// int32s are the values of a PLAIN page.
func int32s(values ...int32) (b []byte) {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	return b
}

// texts are the values of a PLAIN page.
func texts(values ...string) (b []byte) {
	for _, v := range values {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
	}
	return b
}

// alpExample is that of AlpEncoding.md: 1500, NaN, 2500 and 333.5 as 15000,
// 15000, 25000 and 3335, of which the least is taken off, in 15 bits each.
var alpExample = slices.Concat(
	[]byte{0, 0, 3, 4, 0, 0, 0},                          // ALP, vectors of 8, four numbers
	[]byte{4, 0, 0, 0},                                   // where the vector begins
	[]byte{4, 3, 1, 0, 0x07, 0x0d, 0, 0, 0, 0, 0, 0, 15}, // 10^-4 and 10^3, one exception, the least
	binary.LittleEndian.AppendUint64(nil, 11665|11665<<15|21665<<30),
	[]byte{1, 0},
	binary.LittleEndian.AppendUint64(nil, math.Float64bits(math.NaN())),
)

// TestPagesByHand holds that a page is exactly the values that it says it is.
// Fewer bytes than that, and the library would fill up with what was in memory.
func TestPagesByHand(t *testing.T) {
	ints, hours, text := handColumns[0], handColumns[3], handColumns[2]
	for name, c := range map[string]struct {
		column handColumn
		rows   int64
		page   handPage
		want   []string // nil for an unreadable file
	}{
		"plain":                  {ints, 2, handPage{values: 2, body: int32s(1, -2)}, []string{"int 1", "int -2"}},
		"plain, a value short":   {ints, 2, handPage{values: 2, body: int32s(1)}, nil},
		"plain, a byte short":    {ints, 2, handPage{values: 2, body: int32s(1, 2)[:7]}, nil},
		"plain, a value more":    {ints, 2, handPage{values: 2, body: int32s(1, 2, 3)}, nil},
		"plain, nothing":         {ints, 2, handPage{values: 2}, nil},
		"version 2":              {ints, 2, handPage{v2: true, values: 2, body: int32s(1, 2)}, []string{"int 1", "int 2"}},
		"version 2, short":       {ints, 2, handPage{v2: true, values: 2, body: int32s(1)}, nil},
		"version 2, nulls lie":   {ints, 2, handPage{v2: true, values: 2, nulls: 1, body: int32s(1)}, nil},
		"optional":               {ints, 3, handPage{optional: true, values: 3, levels: []byte{3, 0b101}, body: int32s(1, 2)}, []string{"int 1", "", "int 2"}},
		"optional, run":          {ints, 3, handPage{optional: true, values: 3, levels: []byte{4, 1, 2, 0}, body: int32s(1, 2)}, []string{"int 1", "int 2", ""}},
		"optional, bits behind":  {ints, 3, handPage{optional: true, values: 3, levels: []byte{3, 0b11111101}, body: int32s(1, 2)}, []string{"int 1", "", "int 2"}},
		"optional, a level more": {ints, 3, handPage{optional: true, values: 3, levels: []byte{3, 0b111}, body: int32s(1, 2)}, nil},
		"optional, a level less": {ints, 3, handPage{optional: true, values: 3, levels: []byte{3, 0b001}, body: int32s(1, 2)}, nil},
		"optional, level of 2":   {ints, 3, handPage{optional: true, values: 3, levels: []byte{6, 2}, body: int32s(1, 2, 3)}, nil},
		"optional, few levels":   {ints, 3, handPage{optional: true, values: 3, levels: []byte{4, 1}, body: int32s(1, 2)}, nil},
		"optional, version 2":    {ints, 3, handPage{v2: true, optional: true, values: 3, nulls: 1, levels: []byte{3, 0b101}, body: int32s(1, 2)}, []string{"int 1", "", "int 2"}},
		"no levels, version 2":   {ints, 1, handPage{v2: true, optional: true, values: 1, body: int32s(1)}, nil},
		"texts":                  {text, 2, handPage{values: 2, body: texts("a", "")}, []string{"a", ""}},
		"texts, short":           {text, 2, handPage{values: 2, body: texts("a")}, nil},
		"texts, cut":             {text, 1, handPage{values: 1, body: texts("abc")[:6]}, nil},
		"fixed":                  {hours, 2, handPage{values: 2, body: []byte{0, 4, 226, 255, 255, 156}}, []string{"hundredths 1250", "hundredths -100"}},
		"fixed, short":           {hours, 2, handPage{values: 2, body: []byte{0, 4, 226}}, nil},
		"dictionary":             {text, 3, handPage{encoding: format.RLEDictionary, values: 3, body: []byte{1, 4, 1, 2, 0}, dictionary: texts("a", "b"), inDictionary: 2}, []string{"b", "b", "a"}},
		"dictionary, few places": {text, 3, handPage{encoding: format.RLEDictionary, values: 3, body: []byte{1, 4, 1}, dictionary: texts("a", "b"), inDictionary: 2}, nil},
		"dictionary, place 2":    {text, 1, handPage{encoding: format.RLEDictionary, values: 1, body: []byte{2, 2, 2}, dictionary: texts("a", "b"), inDictionary: 2}, nil},
		"dictionary, short":      {ints, 1, handPage{encoding: format.RLEDictionary, values: 1, body: []byte{1, 2, 1}, dictionary: int32s(1), inDictionary: 2}, nil},
		"dictionary, none":       {ints, 1, handPage{encoding: format.RLEDictionary, values: 1, body: []byte{1, 2, 1}}, nil},
		"a run without end":      {ints, 1, handPage{encoding: format.RLEDictionary, values: 1, body: []byte{1, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0}, dictionary: int32s(1), inDictionary: 1}, nil},
		// A block of 128 values in 4 mini blocks; three values: 7, then differences of 2 and 3 (the least, 2, apart: 0 and 1, one bit each).
		"delta":               {ints, 3, handPage{encoding: format.DeltaBinaryPacked, values: 3, body: []byte{128, 1, 4, 3, 14, 4, 1, 0, 0, 0, 0b10, 0, 0, 0}}, []string{"int 7", "int 9", "int 12"}},
		"delta, cut":          {ints, 3, handPage{encoding: format.DeltaBinaryPacked, values: 3, body: []byte{128, 1, 4, 3, 14, 4, 1, 0, 0, 0}}, nil},
		"delta, fewer":        {ints, 3, handPage{encoding: format.DeltaBinaryPacked, values: 3, body: []byte{128, 1, 4, 2, 14, 4, 1, 0, 0, 0, 0b10, 0, 0, 0}}, nil},
		"delta, a vast count": {ints, 3, handPage{encoding: format.DeltaBinaryPacked, values: 3, body: []byte{128, 1, 4, 0xff, 0xff, 0xff, 0xff, 7, 14}}, nil},
		"delta texts, one":    {text, 1, handPage{encoding: format.DeltaByteArray, values: 1, body: []byte{128, 1, 4, 1, 0, 128, 1, 4, 1, 2, 'x'}}, []string{"x"}},
		"delta texts, shared": {text, 1, handPage{encoding: format.DeltaByteArray, values: 1, body: []byte{128, 1, 4, 1, 2, 128, 1, 4, 1, 2, 'x'}}, nil},
		// What writers do and the format allows.
		"zero bytes behind":        {ints, 2, handPage{values: 2, body: append(int32s(1, 2), make([]byte, 8)...)}, []string{"int 1", "int 2"}},
		"texts, zeros behind":      {text, 1, handPage{values: 1, body: append(texts("a"), make([]byte, 8)...)}, []string{"a"}},
		"texts, a text behind":     {text, 1, handPage{values: 1, body: texts("a", "b")}, nil},
		"levels, zeros behind":     {ints, 3, handPage{optional: true, values: 3, levels: []byte{3, 0b101, 0, 0}, body: int32s(1, 2)}, []string{"int 1", "", "int 2"}},
		"levels, groups behind":    {ints, 3, handPage{optional: true, values: 3, levels: append([]byte{32<<1 | 1, 0b101}, make([]byte, 31)...), body: int32s(1, 2)}, []string{"int 1", "", "int 2"}},
		"levels, only zeros":       {ints, 3, handPage{optional: true, values: 3, levels: []byte{6, 0}}, []string{"", "", ""}},
		"levels packed":            {ints, 3, handPage{optional: true, bitPacked: true, values: 3, body: append([]byte{0b10100000}, int32s(1, 2)...)}, []string{"int 1", "", "int 2"}},
		"places, groups behind":    {text, 3, handPage{encoding: format.RLEDictionary, values: 3, body: append([]byte{1, 32<<1 | 1, 0b011}, make([]byte, 31)...), dictionary: texts("a", "b"), inDictionary: 2}, []string{"b", "b", "a"}},
		"places, a cut last group": {text, 9, handPage{encoding: format.RLEDictionary, values: 9, body: []byte{1, 2<<1 | 1, 0b11, 1}, dictionary: texts("a", "b"), inDictionary: 2}, []string{"b", "b", "a", "a", "a", "a", "a", "a", "b"}},
		"places, cut":              {text, 9, handPage{encoding: format.RLEDictionary, values: 9, body: []byte{1, 2<<1 | 1, 0b11}, dictionary: texts("a", "b"), inDictionary: 2}, nil},
		"places of no width":       {text, 2, handPage{encoding: format.PlainDictionary, values: 2, body: []byte{0, 4}, dictionary: texts("a"), inDictionary: 1}, []string{"a", "a"}}, //nolint:staticcheck // old files have the deprecated name
		"dictionary, zeros behind": {text, 1, handPage{encoding: format.RLEDictionary, values: 1, body: []byte{1, 2, 1}, dictionary: append(texts("a", "b"), make([]byte, 8)...), inDictionary: 2}, []string{"b"}},
		// Widths of small blocks that are not needed may be anything.
		"delta, widths behind": {ints, 3, handPage{encoding: format.DeltaBinaryPacked, values: 3, body: []byte{128, 1, 4, 3, 14, 4, 1, 255, 7, 99, 0b10, 0, 0, 0}}, []string{"int 7", "int 9", "int 12"}},
		// The least number of 32 bits, then the greatest: the difference wraps around to -1.
		"delta, wraps around": {ints, 2, handPage{encoding: format.DeltaBinaryPacked, values: 2, body: []byte{128, 1, 4, 2, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0, 0, 0, 0}}, []string{"int -2147483648", "int 2147483647"}},
		"split":               {ints, 2, handPage{encoding: format.ByteStreamSplit, values: 2, body: []byte{1, 254, 0, 255, 0, 255, 0, 255}}, []string{"int 1", "int -2"}},
		"split, zeros behind": {hours, 2, handPage{encoding: format.ByteStreamSplit, values: 2, body: []byte{0, 255, 4, 255, 226, 156, 0, 0}}, []string{"hundredths 1250", "hundredths -100"}},
		// The format's own example: 1500, NaN, 2500, 333.5, with exponent 4 and factor 3.
		"alp":                   {handColumns[4], 4, handPage{encoding: 10, values: 4, body: alpExample}, []string{"hundredths 150000", "wrong type", "hundredths 250000", "hundredths 33350"}},
		"alp, cut":              {handColumns[4], 4, handPage{encoding: 10, values: 4, body: alpExample[:len(alpExample)-1]}, nil},
		"an unknown encoding":   {ints, 1, handPage{encoding: 11, values: 1, body: int32s(1)}, nil},
		"delta of texts":        {text, 1, handPage{encoding: format.DeltaBinaryPacked, values: 1, body: []byte{128, 1, 4, 1, 14}}, nil},
		"more values than rows": {ints, 1, handPage{values: 2, body: int32s(1, 2)}, nil},
		"rows beyond belief":    {ints, 1 << 60, handPage{values: 2, body: int32s(1, 2)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			// What the library may find in memory is not what any page holds.
			_, _, _ = decodetest.Read(t, parquet.Format, handRecord, handFile(t, ints, 4, handPage{values: 4, body: int32s(99, 99, 99, 99)}), nil)
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, c.column, c.rows, c.page), nil)
			if c.want == nil {
				fault := decodetest.FaultOf(err)
				if fault == nil || fault.Reason != schemas.UnreadableFile {
					t.Fatalf("%v, %v", got, err)
				}
				return
			}
			if err != nil || len(got) != len(c.want) {
				t.Fatalf("%v, %v", got, err)
			}
			for i, w := range c.want {
				if g := got[i].Set[handRecord.FieldOf(c.column.name)]; g != w {
					t.Errorf("row %d: %q, want %q", i+1, g, w)
				}
			}
		})
	}
}
