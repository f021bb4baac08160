package decode_test

import (
	"io"
	"testing"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
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
			decodetest.Bounded(t, 20<<20, func() {
				g := generated{c.start, c.fill, vast}
				got, _, err := decodetest.Read(t, c.format, decodetest.Recorded(c.record), nil, func(in *decode.Input) { in.File, in.Size = g, g.size })
				fault := decodetest.FaultOf(err)
				if (fault == nil) != (c.reason == "") || (fault != nil && fault.Reason != c.reason) {
					t.Fatalf("%v, want %q", err, c.reason)
				}
				for i, rule := range c.rules {
					if len(got) != len(c.rules) || got[i].Whole != rule {
						t.Fatalf("%d records, want %v", len(got), c.rules)
					}
				}
			})
		})
	}
}
