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
	{"PAR1", "Parquet"},
	{"%PDF-", "PDF"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\xff\xfe\x00\x00", utf32Name}, // before UTF-16, whose mark is its beginning
	{"\x00\x00\xfe\xff", utf32Name},
	{"\xff\xfe", utf16Name},
	{"\xfe\xff", utf16Name},
}

const (
	gzipStart = "\x1f\x8b"
	utf16Name = "text in UTF-16"
	utf32Name = "text in UTF-32"
	// HeadLength is how many bytes of a file Sniff needs to see at most.
	HeadLength = 4 << 10
)

// Sniff names what a file is by its beginning; empty for a text.
func Sniff(head []byte) string {
	for _, k := range kinds {
		if bytes.HasPrefix(head, []byte(k.start)) {
			return k.name
		}
	}
	if name := wideText(head); name != "" {
		return name
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

// wideText names ASCII text in UTF-16 or UTF-32 without a byte order mark, empty for
// another: of every two bytes one is zero, of every four three.
func wideText(head []byte) string {
	head = head[:min(len(head), 64)]
	var zeros [4]int
	for i, c := range head {
		if c == 0 {
			zeros[i%4]++
		}
	}
	quarter := len(head) / 4
	if quarter < 2 {
		return ""
	}
	most := func(places ...int) (all bool) {
		all = true
		for _, i := range places {
			all = all && zeros[i] >= quarter*3/4
		}
		return all
	}
	switch {
	case zeros[0] == 0 && most(1, 2, 3), zeros[3] == 0 && most(0, 1, 2):
		return utf32Name
	case zeros[0]+zeros[2] == 0 && most(1, 3), zeros[1]+zeros[3] == 0 && most(0, 2):
		return utf16Name
	}
	return ""
}

// sniffed says what a file is that is not what was expected; empty when its
// beginning does not tell.
func sniffed(head []byte, expected string) string {
	if kind := Sniff(head); kind != "" {
		return "the file is " + kind + "; send " + expected
	}
	return ""
}
