package decode_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

const jsonSuite = "testdata/json-test-suite/files.tar.gz"

// jsonCase is a text of JSONTestSuite and what becomes of it: as the value of a
// key that no column has, in a line and in a page, and as that of a text column.
type jsonCase struct {
	line schemas.Rule // empty when the line is a record
	page bool         // whether the page is one
	// known is what a line breaks whose text column has the one text of the file.
	known schemas.Rule
}

var (
	// A number of any size is one by the grammar, a half of a surrogate pair is a
	// text; it is not one that a column may have.
	taken    = jsonCase{"", true, ""}
	halfPair = jsonCase{"", true, schemas.BadEncoding}
	// Bytes that are not UTF-8 are the record's own fault, and only in a column;
	// of a page the contract wants that all of it is UTF-8.
	notUTF8 = jsonCase{"", false, schemas.BadEncoding}
	// Not UTF-8 and no JSON either: the encoding comes first.
	noText = jsonCase{schemas.BadEncoding, false, schemas.BadEncoding}
)

// undefined lists the texts that a parser may take or not.
var undefined = map[string]jsonCase{
	"i_number_double_huge_neg_exp":       taken,
	"i_number_huge_exp":                  taken,
	"i_number_neg_int_huge_exp":          taken,
	"i_number_pos_double_huge_exp":       taken,
	"i_number_real_neg_overflow":         taken,
	"i_number_real_pos_overflow":         taken,
	"i_number_real_underflow":            taken,
	"i_number_too_big_neg_int":           taken,
	"i_number_too_big_pos_int":           taken,
	"i_number_very_big_negative_int":     taken,
	"i_structure_500_nested_arrays":      taken,
	"i_object_key_lone_2nd_surrogate":    taken,
	"i_structure_UTF-8_BOM_empty_object": {schemas.BadJSON, false, schemas.BadJSON}, // a BOM is one at the start only

	"i_string_1st_surrogate_but_2nd_missing":         halfPair,
	"i_string_1st_valid_surrogate_2nd_invalid":       halfPair,
	"i_string_incomplete_surrogate_and_escape_valid": halfPair,
	"i_string_incomplete_surrogate_pair":             halfPair,
	"i_string_incomplete_surrogates_escape_valid":    halfPair,
	"i_string_invalid_lonely_surrogate":              halfPair,
	"i_string_invalid_surrogate":                     halfPair,
	"i_string_inverted_surrogates_U+1D11E":           halfPair,
	"i_string_lone_second_surrogate":                 halfPair,

	"i_string_UTF-8_invalid_sequence":         notUTF8,
	"i_string_UTF8_surrogate_U+D800":          notUTF8,
	"i_string_invalid_utf-8":                  notUTF8,
	"i_string_iso_latin_1":                    notUTF8,
	"i_string_lone_utf8_continuation_byte":    notUTF8,
	"i_string_not_in_unicode_range":           notUTF8,
	"i_string_overlong_sequence_2_bytes":      notUTF8,
	"i_string_overlong_sequence_6_bytes":      notUTF8,
	"i_string_overlong_sequence_6_bytes_null": notUTF8,
	"i_string_truncated-utf-8":                notUTF8,

	"i_string_UTF-16LE_with_BOM": noText,
	"i_string_utf16BE_no_BOM":    noText,
	"i_string_utf16LE_no_BOM":    noText,
}

// twice are sound texts with a key twice, which no record may have.
var twice = map[string]bool{
	"y_object_duplicated_key": true, "y_object_duplicated_key_and_value": true,
	"object_same_key_different_values": true, "object_same_key_same_value": true, "object_same_key_unclear_values": true,
}

// jsonCaseOf tells what is to become of a file, by its name.
func jsonCaseOf(t *testing.T, name string, text []byte) jsonCase {
	t.Helper()
	switch {
	case name == "n_string_unescaped_ctrl_char": // a NUL as it is
		return jsonCase{schemas.BadJSON, false, schemas.BadEncoding}
	case twice[name]:
		return jsonCase{schemas.BadJSON, true, ""}
	case strings.HasPrefix(name, "y_"), strings.HasPrefix(name, "object_"), strings.HasPrefix(name, "number_"):
		return taken
	case strings.HasPrefix(name, "string_with_escaped_NULL"):
		return halfPair // a NUL is as bad in a column
	case strings.HasPrefix(name, "string_") && strings.Contains(name, "escaped"):
		return halfPair
	case strings.HasPrefix(name, "string_"):
		return notUTF8
	case strings.HasPrefix(name, "n_") && utf8.Valid(text):
		return jsonCase{schemas.BadJSON, false, schemas.BadJSON}
	case strings.HasPrefix(name, "n_"):
		return noText
	}
	c, listed := undefined[name]
	if !listed {
		t.Errorf("no word on %s", name)
	}
	return c
}

// lines reads JSON Lines and gives the rule of each record.
func lines(t *testing.T, r *schemas.Record, text string) (rules []schemas.Rule) {
	t.Helper()
	got, _, err := decodetest.Read(t, decode.JSONL, r, []byte(text), nil)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for _, g := range got {
		rules = append(rules, g.Whole)
	}
	return rules
}

// pageItems reads a page as the connectors do: not UTF-8 is none.
func pageItems(t *testing.T, r *schemas.Record, text string) ([]decodetest.Outcome, error) {
	t.Helper()
	isUTF8, err := decode.Check(strings.NewReader(text), false)
	if err != nil {
		t.Fatal(err)
	}
	if !isUTF8 {
		return nil, &decode.Fault{Reason: schemas.UnreadableFile, Detail: "not UTF-8"}
	}
	got, _, err := decodetest.Read(t, decode.JSON, r, []byte(text), nil)
	return got, err
}

// TestJSONSuite reads every text of JSONTestSuite as a value, as a record and as
// an item of a page.
func TestJSONSuite(t *testing.T) {
	r := decodetest.Recorded("coa_stay")
	files, seen := connectortest.Archive(t, jsonSuite), 0
	for path, text := range files {
		name, ok := strings.CutSuffix(path[strings.LastIndex(path, "/")+1:], ".json")
		if !ok {
			continue
		}
		seen++
		t.Run(name, func(t *testing.T) {
			c := jsonCaseOf(t, name, text)
			value := fmt.Sprintf(`{"recordnummer":"a","x":%s}`, text)
			// A line end ends a line, wherever it stands.
			if !bytes.ContainsRune(text, '\n') {
				if got := lines(t, r, value); len(got) != 1 || got[0] != c.line {
					t.Errorf("a value in a line: %q, want %q", got, c.line)
				}
			}
			items, err := pageItems(t, r, `{"items":[`+value+`],"total":1,"next":null}`)
			if (err == nil) != c.page || (c.page && (len(items) != 1 || items[0].Whole != c.line)) {
				t.Errorf("a value in an item: %v, %v", items, err)
			}
			if _, err := pageItems(t, r, fmt.Sprintf(`{"items":[],"total":0,"next":null,"x":%s}`, text)); (err == nil) != c.page {
				t.Errorf("a value in a page: %v", err)
			}
			holdRecords(t, r, c, text)
			holdColumnText(t, r, c, text)
		})
	}
	if seen != 318+22 {
		t.Errorf("%d texts", seen)
	}
}

// holdRecords reads a text as the records of a file, and as an item.
func holdRecords(t *testing.T, r *schemas.Record, c jsonCase, text []byte) {
	t.Helper()
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	want := schemas.BadJSON
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '{' && json.Valid(text) {
		want = c.line
		if c.line == schemas.BadJSON && !c.page {
			want = "" // the BOM was that of the file
		}
	}
	got := lines(t, r, string(text))
	for _, line := range bytes.Split(text, []byte("\n")) {
		if len(bytes.Trim(line, " \t\r")) == 0 {
			continue
		}
		rule := want
		if bytes.ContainsRune(bytes.TrimSpace(text), '\n') {
			rule = schemas.BadJSON // a piece of a text
		}
		if rule != "" && !utf8.Valid(line) {
			rule = schemas.BadEncoding
		}
		if len(got) == 0 || got[0] != rule {
			t.Errorf("the line %.60q: %q, want %q", line, got, rule)
			return
		}
		got = got[1:]
	}
	if len(got) > 0 {
		t.Errorf("%d lines more", len(got))
	}
}

// holdColumnText reads a list of one text as the text of a column: it is that
// which encoding/json reads, or breaks its rule.
func holdColumnText(t *testing.T, r *schemas.Record, c jsonCase, text []byte) {
	t.Helper()
	inner := bytes.TrimSpace(text)
	if len(inner) < 4 || inner[0] != '[' || inner[1] != '"' || !bytes.HasSuffix(inner, []byte(`"]`)) || bytes.ContainsRune(inner, '\n') || bytes.Contains(inner, []byte(`","`)) {
		return
	}
	got, _, err := decodetest.Read(t, decode.JSONL, r, []byte(`{"locatie":`+string(inner[1:len(inner)-1])+`}`), nil)
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	var values []string
	if err := json.Unmarshal(inner, &values); err == nil && len(values) == 1 && strings.ContainsRune(values[0], 0) {
		c.known = schemas.BadEncoding
	}
	if got[0].Whole != c.known {
		t.Errorf("a text of a column: %q, want %q", got[0].Whole, c.known)
	}
	if c.known == "" && got[0].Set[r.FieldOf("locatie")] != values[0] {
		t.Errorf("%q, want %q", got[0].Set[r.FieldOf("locatie")], values[0])
	}
}
