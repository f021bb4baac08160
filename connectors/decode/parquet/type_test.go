package parquet_test

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

func int64s(values ...int64) (b []byte) {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return b
}

// TestTimestamps holds that a moment at midnight is a day, before 1970 too, and
// another time of day is none.
func TestTimestamps(t *testing.T) {
	for name, c := range map[string]struct {
		unit    format.TimeUnitValue
		moments int64
	}{"ms": {&format.MilliSeconds{}, 86_400_000}, "us": {&format.MicroSeconds{}, 86_400_000_000}, "ns": {&format.NanoSeconds{}, 86_400_000_000_000}} {
		day := c.moments
		column := handColumn{"date", format.Int64, &format.TimestampType{Unit: format.TimeUnit{Value: c.unit}}, 0}
		for dictionary, page := range map[bool]handPage{
			false: {values: 6, body: int64s(0, 19_358*day, -day, 1, 19_358*day-1, -1)},
			true:  {encoding: format.RLEDictionary, values: 6, body: []byte{3, 3, 0b1000_1000, 0b1100_0110, 0b10}, dictionary: int64s(0, 19_358*day, -day, 1, 19_358*day-1, -1), inDictionary: 6},
		} {
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 6, page), nil)
			want := []string{"day 0", "day 19358", "day -1", "wrong type", "wrong type", "wrong type"}
			if err != nil || len(got) != len(want) {
				t.Fatalf("%s: %v, %v", name, got, err)
			}
			for i, w := range want {
				if g := got[i].Set[6]; g != w {
					t.Errorf("%s, row %d, dictionary %t: %q, want %q", name, i+1, dictionary, g, w)
				}
			}
		}
	}
}

// TestUnknownType holds that a column of logical type UNKNOWN is absent
// everywhere, whatever its physical type, and whatever is in its pages.
func TestUnknownType(t *testing.T) {
	for kind := format.Boolean; kind <= format.FixedLenByteArray; kind++ {
		for _, name := range []string{"int32", "text", "hours", "date"} {
			column := handColumn{name, kind, &format.NullType{}, 0}
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 3, handPage{optional: true, values: 3, levels: []byte{6, 0}}), nil)
			if err != nil || len(got) != 3 || len(got[0].Set) != 0 {
				t.Errorf("%s as %s: %v, %v", kind, name, got, err)
			}
			if _, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 4, handPage{optional: true, values: 3, levels: []byte{6, 0}}), nil); err == nil {
				t.Errorf("%s as %s: fewer values than rows are taken", kind, name)
			}
		}
	}
}

// TestHoursAsDoubles holds where a number is one of two places, and that NaN is said.
func TestHoursAsDoubles(t *testing.T) {
	want := map[float64]string{36: "hundredths 3600", 0.1 + 0.2: "hundredths 30", 12.3400009: "hundredths 1234", 12.340002: "wrong type", -1.255: "wrong type", math.Inf(1): "wrong type"}
	for v, w := range want {
		got, result, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, handColumns[4], 1, handPage{values: 1, body: int64s(int64(math.Float64bits(v)))}), nil)
		if err != nil || got[0].Set[5] != w || len(result.Remarks) > 0 {
			t.Errorf("%v: %v, %v, %v, want %s", v, got, result, err, w)
		}
	}
	got, result, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, handColumns[4], 1, handPage{values: 1, body: int64s(int64(math.Float64bits(math.NaN())))}), nil)
	if err != nil || got[0].Set[5] != "wrong type" || len(result.Remarks) != 1 || !strings.Contains(result.Remarks[0], "column double has NaN") {
		t.Errorf("NaN: %v, %v, %v", got, result, err)
	}
}

// TestWrongTypes holds that a message names all columns, the types found and those allowed.
func TestWrongTypes(t *testing.T) {
	sound := handFile(t, handColumns[2], 1, handPage{values: 1, body: texts("a")})
	for says, change := range map[string]func(m *format.FileMetaData){
		"text, other (found: INT96; allowed: STRING, or BYTE_ARRAY without a logical type)": func(m *format.FileMetaData) {
			for i := range 2 {
				m.Schema[i+1].Type, m.Schema[i+1].LogicalType.Value = thrift.New(format.Int96), nil
			}
		},
		"date (found: INT32; allowed: DATE, TIMESTAMP without time zone": func(m *format.FileMetaData) {
			m.Schema[1].Name, m.Schema[1].Type, m.Schema[1].LogicalType.Value = "date", thrift.New(format.Int32), nil
		},
		"date (found: INT64 TIMESTAMP adjusted to UTC;": func(m *format.FileMetaData) {
			m.Schema[1].Name, m.Schema[1].Type, m.Schema[1].LogicalType.Value = "date", thrift.New(format.Int64), nil
			m.Schema[1].ConvertedType = thrift.New(deprecated.TimestampMicros)
		},
		"hours (found: FLOAT; allowed: DECIMAL or DOUBLE); other (found: a list or a group of columns;": func(m *format.FileMetaData) {
			m.Schema[1].Name, m.Schema[1].Type, m.Schema[1].LogicalType.Value = "hours", thrift.New(format.Float), nil
			m.Schema[2].RepetitionType = thrift.New(format.Repeated)
		},
	} {
		_, _, err := decodetest.Read(t, parquet.Format, handRecord, connectortest.Refooted(t, sound, change), nil)
		fault := decodetest.FaultOf(err)
		if fault == nil || fault.Reason != schemas.UnreadableFile || !strings.Contains(fault.Detail, says) {
			t.Errorf("%v, want %s", err, says)
		}
	}
}

// TestCodecsThatAreNone holds that codecs beyond those of the contract are named.
func TestCodecsThatAreNone(t *testing.T) {
	sound := handFile(t, handColumns[2], 1, handPage{values: 1, body: texts("a")})
	for codec, says := range map[format.CompressionCodec]string{format.Lz4: "LZ4 as Hadoop frames it", format.LZO: "LZO", 9: "unknown codec (9)"} {
		_, _, err := decodetest.Read(t, parquet.Format, handRecord, connectortest.Refooted(t, sound, func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.Codec = codec }), nil)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "columns text;") {
			t.Errorf("%v, want %s", err, says)
		}
	}
}

// TestPagesOfChunks holds which pages a column chunk may have, in which order,
// and that a message says where a page is damaged and how.
func TestPagesOfChunks(t *testing.T) {
	dictionary := connectortest.DictionaryPage(2, connectortest.PlainTexts("a", "b"))
	places := connectortest.DataPage(format.RLEDictionary, 1, []byte{1, 2, 1})
	plain := connectortest.DataPage(format.Plain, 1, connectortest.PlainTexts("c"))
	none := connectortest.DataPage(format.Plain, 0, nil)
	index := connectortest.Page{Header: format.PageHeader{Type: format.IndexPage}, Body: []byte("rubbish")}
	for name, c := range map[string]struct {
		pages []connectortest.Page
		want  string // texts, or what the message says
	}{
		"both":                {[]connectortest.Page{dictionary, places, plain}, "b c"},
		"pages passed over":   {[]connectortest.Page{dictionary, index, places, none, index, plain, none}, "b c"},
		"two dictionaries":    {[]connectortest.Page{dictionary, places, dictionary, places}, "page 3 cannot be read: a second dictionary"},
		"dictionary too late": {[]connectortest.Page{plain, dictionary, places}, "page 2 cannot be read: a second dictionary, or one behind values"},
		"no dictionary":       {[]connectortest.Page{plain, places}, "page 2 cannot be read: values of a dictionary, and no dictionary"},
		"a value short":       {[]connectortest.Page{plain}, "row group 1, column text: 1 values fewer than rows"},
		"a value more":        {[]connectortest.Page{plain, plain, plain}, "page 3 cannot be read: 1 values, and 0 rows are left"},
		"text cut":            {[]connectortest.Page{plain, connectortest.DataPage(format.Plain, 1, []byte{5, 0, 0, 0, 'x'})}, "row group 1, column text, page 2 cannot be read: a text of 5 bytes in 1 bytes"},
	} {
		data := connectortest.PagedParquet(t, []connectortest.Chunk{{Column: "text", Type: format.ByteArray, Pages: c.pages}}, packers[0], 1, 2)
		got, _, err := decodetest.Read(t, parquet.Format, handRecord, data, nil)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
			continue
		}
		if len(got) != 2 || got[0].Set[2]+" "+got[1].Set[2] != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// TestWideDecimals holds numbers that 64 bits do not hold before they are hundredths.
func TestWideDecimals(t *testing.T) {
	column := handColumn{"hours", format.FixedLenByteArray, &format.DecimalType{Scale: 18, Precision: 38}, 16}
	// 36 is 36*10^18 = 0x1f399b1438a100000; a hundredth more or less by hand.
	for body, want := range map[string]string{
		"\x00\x00\x00\x00\x00\x00\x00\x01\xf3\x99\xb1\x43\x8a\x10\x00\x00": "hundredths 3600",
		"\xff\xff\xff\xff\xff\xff\xff\xfe\x0c\x66\x4e\xbc\x75\xf0\x00\x00": "hundredths -3600",
		"\x00\x00\x00\x00\x00\x00\x00\x01\xf3\x99\xb1\x43\x8a\x10\x00\x01": "wrong type",
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00": "hundredths 0",
		"\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00": "hundredths 9223372036854775807",
	} {
		got, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 1, handPage{values: 1, body: []byte(body)}), nil)
		if err != nil || (got[0].Set[4] != want && !strings.HasPrefix(body, "\x7f")) {
			t.Errorf("% x: %v, %v, want %s", body, got, err, want)
		}
	}
	for _, scale := range []int32{-1, -1 << 31, 101} {
		column.logical = &format.DecimalType{Scale: scale, Precision: 38}
		if _, _, err := decodetest.Read(t, parquet.Format, handRecord, handFile(t, column, 1, handPage{values: 1, body: make([]byte, 16)}), nil); err == nil {
			t.Errorf("a scale of %d is taken", scale)
		}
	}
}
