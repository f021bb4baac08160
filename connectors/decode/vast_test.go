package decode_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// generated is a file that is made as it is read: a beginning, then one byte on and on.
type generated struct {
	start string
	fill  byte
	size  int64
}

// ReadAt implements io.ReaderAt.
func (g generated) ReadAt(p []byte, off int64) (n int, err error) {
	if off < int64(len(g.start)) {
		n = copy(p, g.start[off:])
	}
	rest := p[n:min(int64(len(p)), max(int64(n), g.size-off))]
	for i := range rest {
		rest[i] = g.fill
	}
	if n += len(rest); n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// vast is how long generated files are: far longer than what may be taken of memory.
const vast = 40 << 20

// TestGeneratedFiles reads lines and values without end, in little memory.
func TestGeneratedFiles(t *testing.T) {
	for name, c := range map[string]struct {
		format decode.Format
		record string
		start  string
		fill   byte
		reason schemas.Reason
		rules  []schemas.Rule
	}{
		"a CSV line":      {decode.CSV, "municipality_residence", csvHeader + ";x\n" + csvRow + ";", 'x', "", []schemas.Rule{""}},
		"CSV fields":      {decode.CSV, "municipality_residence", csvHeader + "\n" + csvRow, ';', "", []schemas.Rule{schemas.WrongFieldCount}},
		"a CSV header":    {decode.CSV, "municipality_residence", csvHeader, ';', schemas.ColumnMissing, nil},
		"CSV in quotes":   {decode.CSV, "municipality_residence", csvHeader + "\n\"", '\n', schemas.UnreadableFile, nil},
		"a JSON line":     {decode.JSONL, "coa_stay", jsonRow + "\n" + `{"x":"`, 'x', "", []schemas.Rule{"", schemas.BadJSON}},
		"brackets":        {decode.JSONL, "coa_stay", "", '[', "", []schemas.Rule{schemas.BadJSON}},
		"a page's key":    {decode.JSON, "duo_exam", `{"`, 'x', schemas.UnreadableFile, nil},
		"a page's item":   {decode.JSON, "duo_exam", `{"items":[{"x":"`, 'x', schemas.UnreadableFile, nil},
		"a page's total":  {decode.JSON, "duo_exam", `{"total":1`, '1', schemas.UnreadableFile, nil},
		"a deep page":     {decode.JSON, "duo_exam", `{"x":`, '[', schemas.UnreadableFile, nil},
		"no Parquet":      {parquet.Format, "uwv_employment", "PAR1", 'x', schemas.UnreadableFile, nil},
		"no gzip":         {decode.CSVGzip, "municipality_residence", "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00", 'x', schemas.UnreadableFile, nil},
		"gzip of rubbish": {decode.JSONLGzip, "coa_stay", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00", 0xff, schemas.UnreadableFile, nil},
	} {
		t.Run(name, func(t *testing.T) {
			bounded(t, 20<<20, func() {
				g := generated{c.start, c.fill, vast}
				got, _, err := record(t, c.format, recorded(c.record), nil, func(in *decode.Input) { in.File, in.Size = g, g.size })
				fault := faultOf(err)
				if (fault == nil) != (c.reason == "") || (fault != nil && fault.Reason != c.reason) {
					t.Fatalf("%v, want %q", err, c.reason)
				}
				for i, rule := range c.rules {
					if len(got) != len(c.rules) || got[i].whole != rule {
						t.Fatalf("%d records, want %v", len(got), c.rules)
					}
				}
			})
		})
	}
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
			bounded(t, 40<<20, func() {
				_, _, err := record(t, parquet.Format, recorded("uwv_employment"), data, nil)
				fault := faultOf(err)
				if fault == nil || fault.Reason != c.reason {
					t.Errorf("%v, want %s", err, c.reason)
				}
			})
		})
	}
}

// TestPageLimits holds that a page may unpack to 64 MiB and no more, and the
// pages that a row group needs at a time to 256 MiB.
func TestPageLimits(t *testing.T) {
	columns := []string{"a", "b", "c", "d", "e"}
	wide := &schemas.Record{Name: "wide", New: func() schemas.Row { return &recorder{} }}
	for _, name := range columns {
		wide.Fields = append(wide.Fields, schemas.Field{Column: name, Kind: schemas.KindText})
	}
	const text = 64<<20 - 4 // and its length before it
	for name, c := range map[string]struct {
		size    int
		columns []string
		says    string // empty for a file that is read
	}{
		"64 MiB":                  {text, columns[:4], ""},
		"a byte more":             {text + 1, columns[:4], "column a, page 1 cannot be read: it unpacks to 67108865 bytes"},
		"256 MiB together":        {51 << 20, columns, ""},
		"more than that together": {52 << 20, columns, "column e, page 1 cannot be read: it and the pages of other columns that are needed with it take more than 256 MiB"},
	} {
		got, _, err := record(t, parquet.Format, wide, textFile(t, c.size, 1, c.columns...), nil)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(got) != 1 || len(got[0].set) != len(c.columns) || len(got[0].set[0]) != c.size {
			t.Errorf("%s: %d records, %v", name, len(got), err)
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
		got, _, err := record(t, parquet.Format, handRecord, handFile(t, column, 1, handPage{values: 1, body: []byte(body)}), nil)
		if err != nil || (got[0].set[4] != want && !strings.HasPrefix(body, "\x7f")) {
			t.Errorf("% x: %v, %v, want %s", body, got, err, want)
		}
	}
	for _, scale := range []int32{-1, -1 << 31, 101} {
		column.logical = &format.DecimalType{Scale: scale, Precision: 38}
		if _, _, err := record(t, parquet.Format, handRecord, handFile(t, column, 1, handPage{values: 1, body: make([]byte, 16)}), nil); err == nil {
			t.Errorf("a scale of %d is taken", scale)
		}
	}
}
