package decode_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

const jsonRow = `{"recordnummer":"a","pseudoniem_v":"` + decodetest.Someone + `","soort":"nt2","begindatum":"2023-01-01","uren_per_week":12.5}`

// FuzzJSONL holds every line against encoding/json: whether it is JSON, whether
// it is a record, and each value of a known key.
func FuzzJSONL(f *testing.F) {
	for _, s := range []string{
		"", jsonRow, "\xef\xbb\xbf" + jsonRow + "\r\n\n" + jsonRow, `{"soort":null,"x":[1.5e3,{"y":true}],"recordnummer":"\ud83d\ude00\u0000\n"}`, `{"x":1,"x":2}` + "\n[]\nnull\n{", "{\"x\":\"\x00\",\"recordnummer\":\"\x00\"}",
		`{"uren_per_week":-0.50,"recordnummer":7,"einddatum":{}}`, "{\"recordnummer\":\"\xff\"}\n{\"x\":\"\\ud800\"}", strings.Repeat("[", 1100), `{"a":{"a":{"a":1}},"b":0.0e-1}`,
	} {
		f.Add([]byte(s))
	}
	for _, text := range suiteTexts(f) {
		f.Add(text)
		f.Add([]byte(`{"recordnummer":` + string(text) + `}`))
	}
	r := decodetest.Recorded("coa_participation")
	f.Fuzz(func(t *testing.T, data []byte) {
		decodetest.Bounded(t, 8<<20+2000*uint64(len(data)), func() {
			got, _, err := decodetest.Read(t, decode.JSONL, r, data, nil)
			if rows, fault := decodetest.RoundTrip(t, decode.JSONL, r.Name, data, nil); err != nil || fault != nil || rows != len(got) {
				t.Fatalf("%d records (%v), then %d (%v)", len(got), err, rows, fault)
			}
			var lines [][]byte
			for _, line := range bytes.Split(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\n")) {
				if len(bytes.Trim(line, " \t\r\n")) > 0 {
					lines = append(lines, line)
				}
			}
			if len(lines) != len(got) && len(lines) <= decodetest.MostRecords {
				t.Fatalf("%d records in %d lines", len(got), len(lines))
			}
			for i := range got {
				compareObject(t, r, lines[i], got[i])
			}
		})
	})
}

// compareObject holds what was read of one JSON text against encoding/json.
func compareObject(t *testing.T, r *schemas.Record, text []byte, got decodetest.Outcome) {
	t.Helper()
	valid, proper := json.Valid(text), utf8.Valid(text)
	switch {
	case !valid && got.Whole == "":
		t.Fatalf("%q is not JSON and was taken", text)
	case !proper || strings.Contains(strings.ToLower(string(text)), `\ud`) || bytes.IndexByte(text, 0) >= 0 || len(text) > 1<<20:
		// encoding/json fixes these in silence.
		return
	case !valid && got.Whole != schemas.BadJSON:
		t.Fatalf("%q is not JSON, but %s", text, got.Whole)
	case !valid:
		return
	}
	twice, depth := structure(text)
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil || object == nil || twice || depth > 1000 {
		if got.Whole != schemas.BadJSON && got.Whole != schemas.BadEncoding {
			t.Fatalf("%q is not a record, but %q", text, got.Whole)
		}
		return
	}
	want := decodetest.Outcome{Set: map[int]string{}}
	for key, raw := range object {
		if field := r.FieldOf(key); field >= 0 {
			add(&want, r, field, raw)
		}
	}
	if got.Whole == schemas.BadEncoding && want.Whole == got.Whole {
		return
	}
	if got.String() != want.String() {
		t.Fatalf("%q: got %s\nwant %s", text, got, want)
	}
}

// add sets what the contract makes of a value.
func add(o *decodetest.Outcome, r *schemas.Record, field int, raw json.RawMessage) {
	kind, text := r.Fields[field].Kind, ""
	switch {
	case string(raw) == "null":
		return
	case json.Unmarshal(raw, &text) == nil:
		if strings.Contains(text, "\x00") {
			o.Whole = schemas.BadEncoding
			return
		}
		if text != "" && kind.Integer() {
			text = "wrong type"
		}
	case (raw[0] == '-' || (raw[0] >= '0' && raw[0] <= '9')) && (kind.Integer() || kind == schemas.KindHours):
		text = string(raw)
	default:
		text = "wrong type"
	}
	if text != "" {
		o.Set[field] = text
	}
}

// structure tells whether any object of a JSON text has a key twice, and how
// deep its values lie in one another.
func structure(text []byte) (twice bool, deepest int) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	type level struct {
		keys  map[string]bool // nil in a list
		value bool            // a value comes next, not a key
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return twice, deepest
		}
		in := len(open) - 1
		key := in >= 0 && open[in].keys != nil && !open[in].value
		if in >= 0 {
			open[in].value = key
		}
		switch v := token.(type) {
		case json.Delim:
			switch v {
			case '{':
				open = append(open, level{keys: map[string]bool{}})
			case '[':
				open = append(open, level{})
			default:
				open = open[:in]
				continue
			}
			deepest = max(deepest, len(open))
		case string:
			if key {
				twice = twice || open[in].keys[v]
				open[in].keys[v] = true
			}
			deepest = max(deepest, len(open)+1)
		default:
			deepest = max(deepest, len(open)+1)
		}
	}
}

// suiteTexts are the texts of JSONTestSuite, in their order, two of 100,000 brackets excepted.
func suiteTexts(t testing.TB) (texts [][]byte) {
	t.Helper()
	files := connectortest.Archive(t, jsonSuite)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(path, ".json") && len(files[path]) < 10_000 {
			texts = append(texts, files[path])
		}
	}
	return texts
}

// FuzzPage holds a page against encoding/json: which texts are pages, how many
// items they have, and each value of a known key.
func FuzzPage(f *testing.F) {
	exam := `{"recordnummer":"a","pseudoniem_v":"` + decodetest.Someone + `","examendatum":"2023-01-01","onderdeel":"LE","niveau":"A2","resultaat":"geslaagd"}`
	for _, s := range []string{
		"", `{"items":[` + exam + `],"total":1,"next":null}`, ` {"next":"c\u00e9","total":0,"items":[ ],"x":{"y":[1,"\"]}"]}} `, `{"items":[1,[],{"x":1,"x":2}],"total":3,"next":""}`, `{"items":[],"total":-1,"next":null}`,
		`{"items":[],"total":1.0,"next":null}`, `{"items":[],"items":[],"total":0,"next":null}`, `{"items":{},"total":0,"next":null}`, "{\"items\":[{\"recordnummer\":\"\x00\"}],\"total\":1,\"next\":null}", `{"items":[],"total":0,"next":null}x`,
	} {
		f.Add([]byte(s))
	}
	for _, text := range suiteTexts(f) {
		f.Add([]byte(`{"items":[` + string(text) + `,{"recordnummer":` + string(text) + `}],"total":2,"next":null}`))
	}
	r := decodetest.Recorded("duo_exam")
	f.Fuzz(func(t *testing.T, data []byte) {
		if !utf8.Valid(data) {
			return // refused before
		}
		decodetest.Bounded(t, 8<<20+2000*uint64(len(data)), func() {
			got, result, err := decodetest.Read(t, decode.JSON, r, data, nil)
			if rows, fault := decodetest.RoundTrip(t, decode.JSON, r.Name, data, nil); rows != len(got) || (err == nil) != (fault == nil) {
				t.Fatalf("%d records (%v), then %d (%v)", len(got), err, rows, fault)
			}
			glance, broken := decode.ReadPage(bytes.NewReader(data))
			if (broken == nil) != (err == nil) {
				t.Fatalf("with its items %v, without %v", err, broken)
			}
			items, total, next, page := pageOf(data)
			if page != (err == nil) {
				t.Fatalf("a page: %v, but %v", page, err)
			}
			if !page {
				return
			}
			if len(items) != len(got) || result.PageTotal != total || glance.Items != int64(len(items)) || glance.Total != total || (glance.Next != next && !strings.Contains(strings.ToLower(string(data)), `\ud`)) {
				t.Fatalf("%d items, total %d, %+v; want %d, %d, %q", len(got), result.PageTotal, glance, len(items), total, next)
			}
			for i := range items {
				compareObject(t, r, items[i], got[i])
			}
		})
	})
}

// pageOf reads a page by encoding/json, each of its keys once.
func pageOf(data []byte) (items []json.RawMessage, total int64, next string, ok bool) {
	var page map[string]json.RawMessage
	if json.Unmarshal(data, &page) != nil || page == nil || page["items"] == nil || page["total"] == nil || page["next"] == nil {
		return nil, 0, "", false
	}
	if members(data) != len(page) || page["items"][0] != '[' || json.Unmarshal(page["items"], &items) != nil {
		return nil, 0, "", false
	}
	total, err := strconv.ParseInt(string(page["total"]), 10, 64)
	if err != nil || total < 0 || json.Unmarshal(page["next"], &next) != nil {
		return nil, 0, "", false
	}
	return items, total, next, true
}

// members counts the members of the object that a text is, equal keys too.
func members(data []byte) (n int) {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return 0
	}
	for d.More() {
		if _, err := d.Token(); err != nil {
			return n
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil && err != io.EOF {
			return n
		}
		n++
	}
	return n
}
