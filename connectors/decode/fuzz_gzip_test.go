package decode_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

// unpackedLimit is how much the fuzz target unpacks of what may be a bomb.
const unpackedLimit = 8 << 20

// FuzzGzip holds the reader of compressed files against the standard library's:
// which files are readable, whether the text is UTF-8, and that reading the
// records comes to the same verdict as the first look.
func FuzzGzip(f *testing.F) {
	text := jsonRow + "\n" + jsonRow + "\n"
	for _, data := range [][]byte{
		nil, connectortest.Gzip(nil), connectortest.Gzip([]byte(text)), twoMembers(text), append(connectortest.Gzip([]byte(text)), 0), append(connectortest.Gzip([]byte(text)), "PK"...),
		connectortest.Gzip([]byte("\xff\n")), connectortest.Gzip([]byte(text))[:30], []byte("\x1f\x8b\x08\x1c\x00\x00\x00\x00\x00\x03\x04\x00abcdname\x00comment\x00"), connectortest.Gzip([]byte(strings.Repeat("{}\n", 10_000))),
		connectortest.Gzip(connectortest.Gzip([]byte(text))),
	} {
		f.Add(data)
	}
	r := decodetest.Recorded("coa_participation")
	f.Fuzz(func(t *testing.T, data []byte) {
		var text []byte
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err == nil {
			text, err = io.ReadAll(io.LimitReader(z, unpackedLimit+1))
		}
		if len(text) > unpackedLimit {
			return
		}
		isUTF8, fault := decode.Check(bytes.NewReader(data), true)
		if (fault == nil) != (err == nil) {
			t.Fatalf("compress/gzip: %v, here: %v", err, fault)
		}
		if err == nil && isUTF8 != utf8.Valid(text) {
			t.Fatalf("UTF-8: %v", isUTF8)
		}
		got, _, fault := decodetest.Read(t, decode.JSONLGzip, r, data, nil)
		plain, _, _ := decodetest.Read(t, decode.JSONL, r, text, nil)
		switch {
		case len(got) == decodetest.MostRecords:
		case (fault == nil) != (err == nil):
			t.Fatalf("compress/gzip: %v, its records: %v", err, fault)
		case err == nil && len(got) != len(plain):
			t.Fatalf("%d records, uncompressed %d", len(got), len(plain))
		}
		for i := range min(len(got), len(plain)) {
			// Of a broken file the last line may be one that was broken off.
			if last := i == len(got)-1; got[i].String() != plain[i].String() && (err == nil || !last || got[i].Whole == "") {
				t.Fatalf("record %d: %s, uncompressed %s", i+1, got[i], plain[i])
			}
		}
		if fault != nil && decodetest.FaultOf(fault).Reason != schemas.UnreadableFile {
			t.Fatal(fault)
		}
	})
}
