package decode_test

import (
	"bytes"
	"io"
	"testing"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
)

// TestCutPages cuts a page off everywhere: none is a page.
func TestCutPages(t *testing.T) {
	page := []byte(` {"items": [{"a":"\u00e9]}"}, {"b":[{}]}], "total": 2, "next": "c", "x": {"y":[1.5e3,true]}} `)
	if n, err := decodetest.RoundTrip(t, decode.JSON, "duo_exam", page, nil); n != 2 || err != nil {
		t.Fatalf("%d items, %v", n, err)
	}
	for i := range bytes.TrimSpace(page) {
		if _, err := decodetest.RoundTrip(t, decode.JSON, "duo_exam", page[:i], nil); err == nil {
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
