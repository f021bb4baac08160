package decode_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

// accepted and refused are JSON values by the grammar of RFC 8259, in the manner
// of JSONTestSuite: one rule of the grammar each. None has a line end in it, so
// that each may stand in a line of JSON Lines too.
var (
	accepted = []string{
		`null`, `true`, `false`, `0`, `-0`, `1`, `-1`, `10`, `1234567890123456789012345678901234567890`, `0.0`, `1.5`, `-0.5`, `1e1`, `1E1`, `1e+1`, `1e-1`, `1.5e300`, `0e0`, `0E+0`, `123.456e789`, `-1e-99999`,
		`""`, `" "`, `"a"`, `"\""`, `"\\"`, `"\/"`, `"/"`, `"\b\f\n\r\t"`, `"\u0041"`, `"\u00e9"`, `"\u00E9"`, `"\u0000"`, `"\u001f"`, `"\u2028"`, `"\ud83d\ude00"`, `"\uD83D\uDE00"`, `"\uffff"`, `"é"`, `"€"`, `"😀"`, "\"\x7f\"", "\"\u2028\u2029\"", `"\\u0000"`, `"\\\""`,
		`[]`, `[ ]`, "[\t]", "[\r]", `[1]`, `[1,2]`, `[ 1 , 2 ]`, `[[]]`, `[[],[]]`, `[{}]`, `[null]`, `["a",1,true,null,{"b":[]}]`, `[1,1]`, `["]"]`, `[" ,"]`,
		`{}`, `{ }`, "{\t}", `{"a":1}`, `{"a":1,"b":2}`, `{ "a" : 1 , "b" : 2 }`, `{"":0}`, `{"a":{"a":{"a":1}}}`, `{"a":[{"a":1},{"a":1}]}`, `{"\u0061b":1}`, `{"a":"}"}`, `{"é":1}`, `{"a b":1}`, `{"a":1,"A":2}`,
		strings.Repeat("[", 500) + strings.Repeat("]", 500), strings.Repeat(`{"a":`, 500) + "1" + strings.Repeat("}", 500),
	}
	refused = []string{
		``, `nul`, `nulll`, `Null`, `NULL`, `tru`, `True`, `TRUE`, `fals`, `False`, `undefined`, `NaN`, `-NaN`, `Infinity`, `-Infinity`, `+Infinity`, `inf`,
		`00`, `01`, `-01`, `+1`, `++1`, `--1`, `-`, `+`, `.5`, `-.5`, `.`, `1.`, `-1.`, `1.e1`, `1e`, `1e+`, `1e-`, `1E`, `1ee1`, `1e1.5`, `1.5.5`, `0x10`, `0b1`, `0o7`, `1_000`, `1,000`, `1 000`, `1a`, `1f`, `-a`, `٣`, `０`, `1e１`, `"1`, `½`, `∞`,
		`"`, `"a`, `'a'`, `a`, `"a""b"`, `"a"b`, `"\"`, `"\a"`, `"\0"`, `"\x41"`, `"\'"`, `"\ "`, `"\é"`, `"\u"`, `"\u1"`, `"\u12"`, `"\u123"`, `"\u123g"`, `"\U0041"`, `"\u00,1"`, `"\u+041"`, `"\u{41}"`, `"\ud83d\u"`, `"\ud83d\u12"`, "\"\t\"", "\"\x01\"", "\"\x1f\"", "\"\r\"", "“a”", "`a`", `"\`,
		`[`, `]`, `[1`, `[1,`, `[,]`, `[,1]`, `[1,]`, `[1,,2]`, `[1 2]`, `[1:2]`, `[1;2]`, `[1]]`, `[[1]`, `[1}`, `{1]`, `["a]`, `[a]`, `[*]`, `[-]`, `[1]x`, `[1][2]`, `[]{}`, `[1]#`, `[1] //`, `[/**/]`, `(1)`, `<1>`,
		`{`, `}`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{,"a":1}`, `{"a"}`, `{"a",1}`, `{"a"::1}`, `{"a"=1}`, `{"a" 1}`, `{"a":1 "b":2}`, `{"a":1;"b":2}`, `{"a":1,,"b":2}`, `{a:1}`, `{'a':1}`, `{1:1}`, `{null:1}`, `{true:1}`, `{[]:1}`, `{{}:1}`, `{:1}`, `{"a":}`, `{"a":a}`, `{"a":1}}`, `{"a":1}x`,
		`{"a":1}{"b":2}`, `{"a":/**/1}`, `{"a":1}//`, `{"a":'1'}`, `{"a":"1}`, `{"a":01}`, `{"a":.1}`, "{\"a\x01\":1}", `{"\q":1}`, "\v1", "\f1", "\u00a01", "\u20601", "1\v", "\ufeff1", "\x00", "1\x00", "[\x00]", `@`, `\u0031`, `\n`, `,`, `:`, `"a",`, `1,`,
	}
)

// TestJSONGrammar puts each text where a value may stand: as the value of a key
// that no column has, in a line and in a page.
func TestJSONGrammar(t *testing.T) {
	r := decodetest.Recorded("coa_stay")
	for good, values := range map[bool][]string{true: accepted, false: refused} {
		for _, value := range values {
			text := fmt.Sprintf(`{"recordnummer":"a","x":%s}`, value)
			got, _, err := decodetest.Read(t, decode.JSONL, r, []byte("\n"+text+"\n"), nil)
			if err != nil || len(got) != 1 || (got[0].Whole == "") != good || (good && got[0].Set[schemas.FieldRecordID] != "a") {
				t.Errorf("a line with %q: %v, %v", value, got, err)
			}
			page := fmt.Sprintf(`{"items":[%s],"total":1,"next":null,"x":%s}`, text, value)
			for _, p := range []string{page, strings.Replace(page, value, "1", 1), fmt.Sprintf(`{"items":[%s],"total":1,"next":null}`, text)} {
				want := good || !strings.Contains(p, `"x":`+value+`}`)
				items, _, err := decodetest.Read(t, decode.JSON, r, []byte(p), nil)
				if (err == nil) != want || (want && (len(items) != 1 || items[0].Whole != "")) {
					t.Errorf("a page %q: %v, %v", p, items, err)
				}
			}
		}
	}
}

// TestJSONRecords puts each text as the record itself: only an object is one.
func TestJSONRecords(t *testing.T) {
	r := decodetest.Recorded("coa_stay")
	for good, values := range map[bool][]string{true: accepted, false: refused} {
		for _, value := range values {
			// A text that begins with a BOM is one: that is not of the grammar.
			if strings.Trim(value, " \t\r") == "" || strings.HasPrefix(value, "\ufeff") {
				continue
			}
			object := good && value[0] == '{'
			got, _, err := decodetest.Read(t, decode.JSONL, r, []byte(value), nil)
			if err != nil || len(got) != 1 || (got[0].Whole == "") != object || (!object && got[0].Whole != schemas.BadJSON) {
				t.Errorf("%q: %v, %v", value, got, err)
			}
			got, _, err = decodetest.Read(t, decode.JSON, r, []byte(`{"items":[`+value+`],"total":1,"next":null}`), nil)
			if good != (err == nil) || (good && (len(got) != 1 || (got[0].Whole == "") != object)) {
				t.Errorf("as an item, %q: %v, %v", value, got, err)
			}
		}
	}
}

// TestNULInJSON holds that a NUL is the fault of the record whose known text has
// it, and no JSON anywhere else unless it is escaped.
func TestNULInJSON(t *testing.T) {
	r := decodetest.Recorded("coa_stay")
	for text, want := range map[string]schemas.Rule{
		`{"x":"\u0000","locatie":"a"}`:               "",
		`{"locatie":"a\u0000"}`:                      schemas.BadEncoding,
		"{\"locatie\":\"a\x00\"}":                    schemas.BadEncoding,
		"{\"x\":\"\x00\"}":                           schemas.BadJSON,
		"{\"x\x00\":1}":                              schemas.BadJSON,
		"{\"x\":\"\x00\",\"locatie\":\"a\x00\"}":     schemas.BadEncoding,
		"{\"x\":\"\x00\",\"locatie\":\"a\x00\\n\"}":  schemas.BadEncoding,
		"{\"locatie\":\"\x00\",\"gemeentecode\":[]}": schemas.BadEncoding,
		"{\"x\":\"\x00\\n\",\"locatie\":\"a\"}":      schemas.BadJSON,
	} {
		if got, _, err := decodetest.Read(t, decode.JSONL, r, []byte(text), nil); err != nil || len(got) != 1 || got[0].Whole != want {
			t.Errorf("%q: %v, %v, want %q", text, got, err, want)
		}
	}
}
