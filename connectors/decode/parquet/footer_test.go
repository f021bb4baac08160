package parquet_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// TestFootersThatLie holds that a footer whose parts contradict one another, or
// that points elsewhere, is not a description of records.
func TestFootersThatLie(t *testing.T) {
	sound := handFile(t, handColumns[2], 2, handPage{values: 2, body: texts("a", "b")})
	first := func(m *format.FileMetaData) *format.ColumnChunk { return &m.RowGroups[0].Columns[0] }
	for name, c := range map[string]struct {
		change func(*format.FileMetaData)
		want   string // the text of the first row, empty for an unreadable file
	}{
		"nothing":                  {func(*format.FileMetaData) {}, "a"},
		"another number of rows":   {func(m *format.FileMetaData) { m.NumRows = 0 }, "a"},
		"a negative number":        {func(m *format.FileMetaData) { m.NumRows = -1 }, ""},
		"a group of negative rows": {func(m *format.FileMetaData) { m.RowGroups[0].NumRows = -1 }, ""},
		"more rows than there are": {func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 3 }, ""},
		"fewer rows":               {func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 1 }, ""},
		"rows beyond counting": {func(m *format.FileMetaData) {
			m.RowGroups = []format.RowGroup{{NumRows: math.MaxInt64, Columns: m.RowGroups[0].Columns}, m.RowGroups[0]}
		}, ""},
		"pages in another file":   {func(m *format.FileMetaData) { first(m).FilePath = "elsewhere.parquet" }, ""},
		"pages behind the footer": {func(m *format.FileMetaData) { first(m).MetaData.DataPageOffset = 1 << 40 }, ""},
		"pages before the file":   {func(m *format.FileMetaData) { first(m).MetaData.DataPageOffset = -4 }, ""},
		"pages up to the footer":  {func(m *format.FileMetaData) { first(m).MetaData.TotalCompressedSize += 1000 }, ""},
		"another type":            {func(m *format.FileMetaData) { first(m).MetaData.Type = format.Int32 }, ""},
		"another column":          {func(m *format.FileMetaData) { first(m).MetaData.PathInSchema = []string{"other"} }, ""},
		"columns that changed":    {func(m *format.FileMetaData) { c := m.RowGroups[0].Columns; c[0], c[1] = c[1], c[0] }, ""},
		"a column too few":        {func(m *format.FileMetaData) { m.RowGroups[0].Columns = m.RowGroups[0].Columns[:1] }, ""},
		"a column too many":       {func(m *format.FileMetaData) { m.RowGroups[0].Columns = append(m.RowGroups[0].Columns, *first(m)) }, ""},
		"an encrypted column":     {func(m *format.FileMetaData) { first(m).CryptoMetadata.Value = &format.EncryptionWithFooterKey{} }, ""},
		"a child too many":        {func(m *format.FileMetaData) { m.Schema[0].NumChildren = thrift.New(int32(3)) }, ""},
		"a child too few":         {func(m *format.FileMetaData) { m.Schema[0].NumChildren = thrift.New(int32(1)) }, ""},
		"children below none":     {func(m *format.FileMetaData) { m.Schema[1].NumChildren = thrift.New(int32(-1)) }, ""},
		"children of a plain one": {func(m *format.FileMetaData) { m.Schema[1].NumChildren = thrift.New(int32(1)) }, ""},
		"a type that is none":     {func(m *format.FileMetaData) { m.Schema[2].Type = thrift.New(format.Type(8)) }, ""},
		"a number that is none":   {func(m *format.FileMetaData) { m.Schema[2].RepetitionType = thrift.New(format.FieldRepetitionType(3)) }, ""},
		"a repeated column":       {func(m *format.FileMetaData) { m.Schema[1].RepetitionType = thrift.New(format.Repeated) }, ""},
		"a date that is text":     {func(m *format.FileMetaData) { m.Schema[1].LogicalType.Value = &format.DateType{} }, ""},
		"a number that is text": {func(m *format.FileMetaData) {
			m.Schema[1].LogicalType.Value = &format.IntType{BitWidth: 32, IsSigned: true}
		}, ""},
		"key and value of a column": {func(m *format.FileMetaData) {
			first(m).MetaData.KeyValueMetadata = []format.KeyValue{{Key: "k", Value: ""}}
		}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, connectortest.Refooted(t, sound, c.change), nil)
			fault := decodetest.FaultOf(err)
			if c.want == "" {
				if fault == nil || fault.Reason != schemas.UnreadableFile {
					t.Errorf("%v, %v", got, err)
				}
				return
			}
			if err != nil || len(got) != 2 || got[0].Set[2] != c.want {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// TestDatesThatAreTexts holds that empty texts under the name of dates are not
// the first of January 1970: four bytes of length are no day.
func TestDatesThatAreTexts(t *testing.T) {
	column := handColumn{"date", format.ByteArray, &format.DateType{}, 0}
	got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 2, handPage{values: 2, body: texts("", "")}), nil)
	if err == nil || !strings.Contains(err.Error(), "date (found: BYTE_ARRAY DATE; allowed: DATE, ") {
		t.Errorf("%v, %v", got, err)
	}
}

// TestUnsignedNumbers holds that numbers of 64 bits without a sign are read as
// they are, also those that an int64 does not hold.
func TestUnsignedNumbers(t *testing.T) {
	for bits, want := range map[int8][]string{
		32: {"int 4294967295"},
		64: {"int 9223372036854775807", "9223372036854775808", "18446744073709551615"},
	} {
		column, body := handColumn{"int64", format.Int64, &format.IntType{BitWidth: bits}, 0}, []byte(nil)
		if bits == 32 {
			column.kind, body = format.Int32, []byte("\xff\xff\xff\xff")
		} else {
			body = binary.LittleEndian.AppendUint64(body, 1<<63-1)
			body = binary.LittleEndian.AppendUint64(body, 1<<63)
			body = binary.LittleEndian.AppendUint64(body, 1<<64-1)
		}
		got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, int64(len(want)), handPage{values: int32(len(want)), body: body}), nil)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d bits: %v, %v", bits, got, err)
		}
		for i := range want {
			if got[i].Set[1] != want[i] {
				t.Errorf("%d bits: %q, want %q", bits, got[i].Set[1], want[i])
			}
		}
	}
}

// TestDeepSchema holds that columns in columns, of which a library makes paths
// that grow with the square of their depth, take no memory to speak of.
func TestDeepSchema(t *testing.T) {
	const depth = 100_000
	meta := format.FileMetaData{Version: 2, Schema: []format.SchemaElement{{Name: "root", NumChildren: thrift.New(int32(1))}}}
	for range depth {
		meta.Schema = append(meta.Schema, format.SchemaElement{Name: "x", NumChildren: thrift.New(int32(1)), RepetitionType: thrift.New(format.Optional)})
	}
	meta.Schema = append(meta.Schema, format.SchemaElement{Name: "y", Type: thrift.New(format.Int32), RepetitionType: thrift.New(format.Optional)})
	data := footed(marshal(t, &meta))
	decodetest.Bounded(t, 100<<20, func() {
		_, _, err := decodetest.Read(t, parquet.Format, decodetest.Recorded("uwv_employment"), data, nil)
		fault := decodetest.FaultOf(err)
		if fault == nil || fault.Reason != schemas.ColumnMissing {
			t.Errorf("%v", err)
		}
	})
}

// footed is a Parquet file of a footer and nothing else.
func footed(footer []byte) []byte {
	file := append([]byte("PAR1"), footer...)
	return append(binary.LittleEndian.AppendUint32(file, uint32(len(footer))), "PAR1"...)
}

// TestFooters holds that what a footer claims takes no memory, no stack and no
// time before it is borne out.
func TestFooters(t *testing.T) {
	many := format.FileMetaData{Version: 2, NumRows: 1 << 62, Schema: []format.SchemaElement{
		{Name: "root", NumChildren: thrift.New(int32(1))}, {Name: "iets_anders", Type: thrift.New(format.Int32), RepetitionType: thrift.New(format.Required)}}}
	many.RowGroups = []format.RowGroup{{NumRows: 1 << 62, Columns: []format.ColumnChunk{{MetaData: format.ColumnMetaData{Type: format.Int32, PathInSchema: []string{"iets_anders"}, DataPageOffset: 4}}}}}
	for name, c := range map[string]struct {
		footer []byte
		reason schemas.Reason
	}{
		"empty": {nil, schemas.UnreadableFile},
		// Field 2, the schema, a list of 2^31-1 structs.
		"a vast list":         {[]byte{0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07}, schemas.UnreadableFile},
		"a list of nothing":   {append([]byte{0x49, 0xfc, 0x80, 0x80, 0x80, 0x10}, make([]byte, 32<<20)...), schemas.UnreadableFile},
		"structs in structs":  {bytes.Repeat([]byte{0x1c}, 32<<20), schemas.UnreadableFile},
		"lists in lists":      {append([]byte{0x19}, bytes.Repeat([]byte{0x19}, 32<<20)...), schemas.UnreadableFile},
		"a vast text":         {[]byte{0x68, 0xff, 0xff, 0xff, 0xff, 0x07}, schemas.UnreadableFile},
		"rows, but no column": {marshal(t, &many), schemas.ColumnMissing},
	} {
		t.Run(name, func(t *testing.T) {
			data := footed(c.footer)
			decodetest.Bounded(t, 40<<20, func() {
				_, _, err := decodetest.Read(t, parquet.Format, decodetest.Recorded("uwv_employment"), data, nil)
				fault := decodetest.FaultOf(err)
				if fault == nil || fault.Reason != c.reason {
					t.Errorf("%v, want %s", err, c.reason)
				}
			})
		})
	}
}
