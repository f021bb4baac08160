package decode

import (
	"bytes"
	"strings"
)

// What a file is instead of what the manifest says of it, told by its first
// bytes: whoever exported it then knows which knob to turn.

// kinds are the beginnings of files that are no text.
var kinds = []struct{ start, name string }{
	{"PK\x03\x04", "a zip archive (xlsx and ods are such too)"},
	{"PK\x05\x06", "an empty zip archive"},
	{gzipStart, "gzip"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"Rar!\x1a\x07", "a rar archive"},
	{"BZh", "bzip2"},
	{"\xfd7zXZ\x00", "xz"},
	{"\x28\xb5\x2f\xfd", "zstd"},
	{"\x04\x22\x4d\x18", "lz4"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (xls)"},
	{magic, "Parquet"},
	{"%PDF-", "PDF"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\xff\xfe", utf16Name},
	{"\xfe\xff", utf16Name},
}

const (
	gzipStart = "\x1f\x8b"
	utf16Name = "text in UTF-16"
	// headLength is how much of a file is looked at.
	headLength = 4 << 10
)

// sniff names what a file is by its beginning; empty for a text.
func sniff(head []byte) string {
	for _, k := range kinds {
		if bytes.HasPrefix(head, []byte(k.start)) {
			return k.name
		}
	}
	if isUTF16(head) {
		return utf16Name
	}
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 256)], []byte(bom)), " \t\r\n")))
	switch {
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"):
		return "HTML"
	case strings.HasPrefix(text, "<?xml"):
		return "XML"
	}
	return ""
}

// isUTF16 tells ASCII text in UTF-16 without a byte order mark: every other byte is zero.
func isUTF16(head []byte) bool {
	head = head[:min(len(head), 64)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	return half >= 4 && (zeros[0] == 0 && zeros[1] >= half*3/4 || zeros[1] == 0 && zeros[0] >= half*3/4)
}

// sniffed says what a file is that is not what was expected; empty when its
// beginning does not tell.
func sniffed(head []byte, expected string) string {
	if kind := sniff(head); kind != "" {
		return "the file is " + kind + "; send " + expected
	}
	return ""
}
