package decode_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// readAll reads every part of a file and counts its records.
func readAll(t *testing.T, f decode.Format, record string, data []byte) (rows int, err error) {
	t.Helper()
	parts, err := f.Parts(&decode.Input{Record: schemas.RecordOf(record), ColumnsAbsent: optional(schemas.RecordOf(record)), File: bytes.NewReader(data), Size: int64(len(data))})
	for _, p := range parts {
		if err != nil {
			break
		}
		_, err = p.Read(func(row schemas.Row, whole schemas.Rule) error {
			rows++
			row.Validate(&schemas.Context{DrawnYear: 2024})
			return nil
		})
	}
	var fault *decode.Fault
	if err != nil && !errors.As(err, &fault) {
		t.Fatalf("not a fault of the file: %v", err)
	}
	return rows, err
}

// TestDamagedParquet changes bytes all over a file, one at a time, and cuts it
// off all over: it reads, or it is the file's fault. Nothing panics or hangs.
func TestDamagedParquet(t *testing.T) {
	rows := wages(40)
	for name, codec := range map[string]compress.Codec{"none": &parquetgo.Uncompressed, "lz4_raw": &parquetgo.Lz4Raw, "zstd": &parquetgo.Zstd} {
		t.Run(name, func(t *testing.T) {
			data := written(t, rows, 20, codec)
			if n, err := readAll(t, parquet.Format, "uwv_employment", data); n != 40 || err != nil {
				t.Fatalf("%d rows, %v", n, err)
			}
			for i := 0; i < len(data); i += 7 {
				damaged := bytes.Clone(data)
				damaged[i] ^= []byte{0x01, 0x80, 0xff}[i%3]
				_, _ = readAll(t, parquet.Format, "uwv_employment", damaged)
			}
			for i := 0; i < len(data); i += 31 {
				if _, err := readAll(t, parquet.Format, "uwv_employment", data[:i]); err == nil {
					t.Fatalf("a file cut to %d bytes is taken", i)
				}
			}
		})
	}
}

// TestCutPages cuts a page off everywhere: none is a page.
func TestCutPages(t *testing.T) {
	page := []byte(` {"items": [{"a":"\u00e9]}"}, {"b":[{}]}], "total": 2, "next": "c", "x": {"y":[1.5e3,true]}} `)
	if n, err := readAll(t, decode.JSON, "duo_exam", page); n != 2 || err != nil {
		t.Fatalf("%d items, %v", n, err)
	}
	for i := range bytes.TrimSpace(page) {
		if _, err := readAll(t, decode.JSON, "duo_exam", page[:i]); err == nil {
			t.Errorf("a page cut to %d bytes is taken", i)
		}
	}
	got, err := decode.ReadPage(bytes.NewReader(page))
	if err != nil || got != (decode.Page{Items: 2, Total: 2, Next: "c"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestCheck tells UTF-8 however the text is cut into pieces.
func TestCheck(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "abc": true, "é€😀": true, "a\x00": true, "\xe9": false, "é\xc3": false, "\xe2\x82": false, "\xf0\x9f\x98": false, "\xed\xa0\x80": false, "\xc0\x80": false, "x\x80y": false, "€\xe2x": false,
	} {
		for size := 1; size <= 5; size++ {
			got, err := decode.Check(&pieces{[]byte(text), size}, false)
			if err != nil || got != want {
				t.Errorf("%q in pieces of %d: %v, %v", text, size, got, err)
			}
		}
	}
}

// pieces is a reader that gives a few bytes at a time.
type pieces struct {
	text []byte
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.text) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.text[:min(p.size, len(p.text))])
	p.text = p.text[n:]
	return n, nil
}
