package manifest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"doorstroom/schemas"
)

const sound = `{"supplier":"coa","delivery_id":"d-1","drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29","mode":"full","contract_version":"1.0","key_version":1,
"files":[{"name":"p.jsonl","record":"coa_permit","format":"jsonl","bytes":12,"sha256":"` + zeros + `","rows":3,"control_total":{"column":"geboortejaar","sum":"-05"}}]}`

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

var rules = Rules{Supplier: "coa", DeliveryID: "d-1", Formats: []string{"jsonl", "jsonl.gz"}, KeyVersions: []int{1}}

// FuzzParse holds a manifest that is taken against what encoding/json reads of it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", sound, "\xef\xbb\xbf" + sound, strings.Replace(sound, `"rows":3`, `"rows":3.0`, 1), strings.Replace(sound, `"rows":3`, `"rows":3,"rows":4`, 1), strings.Replace(sound, `"mode"`, `"MODE"`, 1),
		strings.Replace(sound, "d-1", `d\u002d1`, 1), strings.Replace(sound, `"bytes":12`, `"bytes":99999999999999999999`, 1), strings.Replace(sound, "1.0", "1.1", 1), sound + "x", strings.Replace(sound, "p.jsonl", "../p", 1), strings.Repeat("[", 80),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, refusal := Parse(data, rules)
		if m == nil || (refusal != nil && (refusal.Reason == "" || refusal.Detail == "")) {
			t.Fatalf("%+v", refusal)
		}
		if refusal != nil && refusal.Reason == schemas.ManifestInvalid {
			return
		}
		var want map[string]any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("taken, but %v", err)
		}
		if want["synthetic"] == false {
			delete(want, "synthetic") // as good as absent
		}
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) && !strings.Contains(string(data), "99999") {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// TestDepth holds that a manifest of brackets only costs no work, and is no danger to
// the stack.
func TestDepth(t *testing.T) {
	for _, open := range []string{"[", `{"a":`} {
		data := []byte(strings.Repeat(open, 8<<20))
		if _, refusal := Parse(data, rules); refusal == nil || refusal.Reason != schemas.ManifestInvalid {
			t.Errorf("%s: %+v", open, refusal)
		}
	}
	if _, refusal := Parse([]byte(sound), rules); refusal != nil {
		t.Errorf("%+v", refusal)
	}
}

// TestMeasure holds that a manifest beyond all measure is refused before it
// takes the memory of all that is wrong with it, or the time that telling a
// million codes apart takes; and that one of many files is not.
func TestMeasure(t *testing.T) {
	file := sound[strings.Index(sound, `[{`)+1 : strings.LastIndex(sound, `]`)]
	files := func(n int, last string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Replace(file, "p.jsonl", fmt.Sprintf("p-%d.jsonl", i), 1) + ",")
		}
		return strings.Replace(sound, file, b.String()+last, 1)
	}
	codes := func(n int) string {
		return strings.Replace(sound, `"supplier"`, `"municipality_codes":[`+strings.Repeat(`"0014",`, n)+`"0034"],"supplier"`, 1)
	}
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `"k%d":0,`, i)
		}
		return strings.Replace(sound, `"supplier"`, b.String()+`"supplier"`, 1)
	}
	for name, c := range map[string]struct{ manifest, detail string }{
		"many files":        {files(40_000, file), ""},
		"a bad one at last": {files(20_000, `{"name":1}`), "not as manifest.schema.json says, at /files/20000: no record, format, bytes, sha256, rows; at /files/20000/name: a value of type number, not string"},
		"a bad first":       {strings.Replace(files(10, file), `"rows":3`, `"rows":-3`, 1), "not as manifest.schema.json says, at /files/0/rows: less than 0"},
		"files of nothing":  {strings.Replace(sound, file, strings.Repeat("0,", 4<<20)+"0", 1), "manifest.json has a list of more than 4000 values"},
		"codes":             {codes(1 << 20), "manifest.json has a list of more than 4000 values"},
		"keys":              {keys(1 << 20), "manifest.json has an object of more than 64 keys"},
		"too long":          {sound + strings.Repeat(" ", 16<<20), "manifest.json is longer than 16777216 bytes; deliver fewer, larger files"},
		"no files":          {strings.Replace(sound, file, "", 1), "not as manifest.schema.json says, at /files: a list of fewer than 1"},
		"files are no list": {strings.Replace(sound, "["+file+"]", "{}", 1), "not as manifest.schema.json says, at /files: a value of type object, not array"},
	} {
		t.Run(name, func(t *testing.T) {
			_, refusal := Parse([]byte(c.manifest), rules)
			if refusal == nil {
				refusal = &Refusal{}
			}
			if refusal.Detail != c.detail {
				t.Errorf("%q, want %q", refusal.Detail, c.detail)
			}
		})
	}
}
