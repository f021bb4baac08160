package decode_test

import (
	"bytes"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
)

// smallFiles are a small sound file of each text format, with all that may stand in one.
func smallFiles() map[string]struct {
	format decode.Format
	record string
	data   []byte
} {
	csv := "\xef\xbb\xbf" + csvHeader + ";plaats\r\n" + csvRow + ";\"Cura\u00e7ao; \"\"x\"\"\r\n\"\r\n\r\nb;" + csvRow[2:] + ";\u20ac\nc;" + csvRow[2:] + ";\n"
	jsonl := "\xef\xbb\xbf" + jsonRow + "\r\n\n" + strings.Replace(jsonRow, `"a"`, `"\ud83d\ude00","x":{"y":[1.5e3,"\u0000",null]}`, 1) + "\n" + jsonRow + "\n"
	page := ` {"items": [{"recordnummer":"a","x":"\u00e9]}"}, {"recordnummer":"b"}, 7], "total": 3, "next": "c", "x": {"y":[1.5e3,true]}} `
	type file = struct {
		format decode.Format
		record string
		data   []byte
	}
	return map[string]file{
		"csv": {decode.CSV, "municipality_residence", []byte(csv)}, "csv.gz": {decode.CSVGzip, "municipality_residence", twoMembers(csv)},
		"jsonl": {decode.JSONL, "coa_participation", []byte(jsonl)}, "jsonl.gz": {decode.JSONLGzip, "coa_participation", twoMembers(jsonl)},
		"json": {decode.JSON, "duo_exam", []byte(page)},
	}
}

// twoMembers is a gzip file of two members.
func twoMembers(text string) []byte {
	half := len(text) / 2
	return append(connectortest.Gzip([]byte(text[:half])), connectortest.Gzip([]byte(text[half:]))...)
}

// TestCutEverywhere cuts a file of each format off behind every byte. What is
// compressed, and a page, is unreadable then, wherever it was cut but for the
// end of a member; of lines all but the last are the records that they were, and
// a line of JSON that was cut is none.
func TestCutEverywhere(t *testing.T) {
	for name, f := range smallFiles() {
		t.Run(name, func(t *testing.T) {
			r := decodetest.Recorded(f.record)
			sound, _, err := decodetest.Read(t, f.format, r, f.data, nil)
			if err != nil || len(sound) != 3 {
				t.Fatalf("%d records, %v", len(sound), err)
			}
			for at := range f.data {
				got, _, err := decodetest.Read(t, f.format, r, f.data[:at], nil)
				member := f.format.Gzip && at > 20 && bytes.HasPrefix(f.data[at:], []byte{0x1f, 0x8b, 8})
				if (f.format.Gzip && !member || name == "json") && err == nil && len(bytes.TrimSpace(f.data[at:])) > 0 {
					t.Errorf("cut to %d bytes it is taken", at)
				}
				for i, g := range got {
					last := i == len(got)-1
					broken := strings.HasPrefix(name, "jsonl") && g.Whole != ""
					if i >= len(sound) || g.String() != sound[i].String() && !(last && (broken || strings.HasPrefix(name, "csv"))) {
						t.Errorf("cut to %d bytes, record %d: %s", at, i+1, g)
					}
				}
			}
		})
	}
}

// TestBitsTurned turns a bit of every byte of a file of lines: no more than the
// records that the byte stood between are others, unless the file says so itself.
func TestBitsTurned(t *testing.T) {
	for name, f := range smallFiles() {
		if name != "csv" && name != "jsonl" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r := decodetest.Recorded(f.record)
			sound, _, _ := decodetest.Read(t, f.format, r, f.data, nil)
			header := 0
			if name == "csv" {
				header = bytes.IndexByte(f.data, '\n')
			}
			for at := header + 1; at < len(f.data); at++ {
				for bit := range 8 {
					data := bytes.Clone(f.data)
					data[at] ^= 1 << bit
					isUTF8, err := decode.Check(bytes.NewReader(data), false)
					if err != nil {
						t.Fatal(err)
					}
					got, _, err := decodetest.Read(t, f.format, r, data, func(in *decode.Input) { in.Windows1252 = !isUTF8 && f.format.Text })
					if err != nil || name == "csv" && !isUTF8 {
						continue // a quote that opened or closed; or characters of another encoding
					}
					if others := decodetest.Differing(got, sound); others > 2 {
						t.Errorf("bit %d of byte %d: %d records are others", bit, at, others)
					}
				}
			}
		})
	}
}
