package manifest

import (
	"strings"
	"testing"

	"doorstroom/schemas"
)

// change replaces a piece of the sound manifest, which must be there once.
func change(t *testing.T, old, other string) []byte {
	t.Helper()
	if strings.Count(sound, old) != 1 {
		t.Fatalf("the manifest does not hold %q once", old)
	}
	return []byte(strings.Replace(sound, old, other, 1))
}

// TestReasonOfAManifest changes a sound manifest in one way at a time and wants the reason of the contract, or none for what
// lies just on the other side.
func TestReasonOfAManifest(t *testing.T) {
	second := `{"name":"q.jsonl","record":"coa_stay","format":"jsonl","bytes":0,"sha256":"` + zeros + `","rows":0}]`
	for _, c := range []struct {
		old, other string
		want       schemas.Reason
	}{
		{`"mode":"full"`, `"mode":"mutation"`, ""},
		{`"mode":"full"`, `"mode":"all"`, schemas.ManifestInvalid},
		{`"supplier":"coa"`, `"supplier":"duo"`, schemas.ManifestInvalid},
		{`"delivery_id":"d-1"`, `"delivery_id":"d-2"`, schemas.ManifestInvalid},
		{`"covers_from":"2023-01-01"`, `"covers_from":"2024-02-29"`, ""},
		{`"covers_from":"2023-01-01"`, `"covers_from":"2024-03-01"`, schemas.ManifestInvalid},
		{`"covers_from":"2023-01-01"`, `"covers_from":"1970-01-01"`, ""},
		{`"covers_from":"2023-01-01"`, `"covers_from":"1969-12-31"`, schemas.ManifestInvalid},
		{`"covers_to":"2024-02-29"`, `"covers_to":"2100-12-31"`, ""},
		{`"covers_to":"2024-02-29"`, `"covers_to":"2101-01-01"`, schemas.ManifestInvalid},
		{`"drawn_on":"2024-03-01"`, `"drawn_on":"2101-01-01"`, schemas.ManifestInvalid},
		{`"drawn_on":"2024-03-01"`, `"drawn_on":"2024-02-30"`, schemas.ManifestInvalid},
		{`"contract_version":"1.0"`, `"contract_version":"1.1"`, schemas.ContractVersionUnknown},
		{`"key_version":1`, `"key_version":2`, schemas.KeyVersionUnknown},
		{`"record":"coa_permit"`, `"record":"coa_unknown"`, schemas.RecordUnknown},
		{`"record":"coa_permit"`, `"record":"duo_exam"`, schemas.ManifestInvalid}, // its control total is on no column of that
		{`"format":"jsonl"`, `"format":"csv"`, schemas.ManifestInvalid},
		{`"format":"jsonl"`, `"format":"jsonl.gz"`, ""},
		{`"rows":3`, `"rows":3.0`, ""},
		{`"rows":3`, `"rows":3.5`, schemas.ManifestInvalid},
		{`"rows":3`, `"rows":0`, ""},
		{`"column":"geboortejaar"`, `"column":"geslacht"`, schemas.ManifestInvalid},
		{`"column":"geboortejaar"`, `"column":"birth_year"`, schemas.ManifestInvalid},
		{`"column":"geboortejaar"`, `"column":"Geboortejaar"`, schemas.ManifestInvalid},
		{`"rows":3`, `"rows":3,"columns_absent":["einddatum"]`, schemas.ManifestInvalid}, // optional, but of JSON Lines
		{`"sum":"-05"}}]`, `"sum":"-05"}},` + second, ""},
		{`"sum":"-05"}}]`, `"sum":"-05"}},` + strings.Replace(second, "q.jsonl", "p.jsonl", 1), schemas.ManifestInvalid},
		{`"sum":"-05"}}]`, `"sum":"-05"}},` + strings.Replace(second, "coa_stay", "duo_exam", 1), schemas.RecordUnknown},
		{`"sum":"-05"}}]`, `"sum":"-05"}},` + strings.Replace(second, `"format":"jsonl"`, `"format":"csv"`, 1), schemas.ManifestInvalid},
	} {
		_, refusal := Parse(change(t, c.old, c.other), rules)
		if refusal == nil {
			refusal = &Refusal{}
		}
		if refusal.Reason != c.want {
			t.Errorf("%s for %s: %q, want %q (%s)", c.other, c.old, refusal.Reason, c.want, refusal.Detail)
		}
	}
}

// TestFirstReasonOfAManifest: of several reasons the first of the contract counts.
func TestFirstReasonOfAManifest(t *testing.T) {
	all := strings.NewReplacer(`"1.0"`, `"1.1"`, `"key_version":1`, `"key_version":2`, "coa_permit", "coa_unknown", `"mode":"full"`, `"mode":"all"`)
	for fixed, want := range map[string]schemas.Reason{
		"": schemas.ManifestInvalid, `"mode":"all"`: schemas.ContractVersionUnknown, `"1.1"`: schemas.KeyVersionUnknown, `"key_version":2`: schemas.RecordUnknown,
	} {
		text := all.Replace(sound)
		for _, m := range []struct{ bad, good string }{{`"mode":"all"`, `"mode":"full"`}, {`"1.1"`, `"1.0"`}, {`"key_version":2`, `"key_version":1`}} {
			if fixed == "" {
				break
			}
			text = strings.Replace(text, m.bad, m.good, 1)
			if m.bad == fixed {
				break
			}
		}
		if _, refusal := Parse([]byte(text), rules); refusal == nil || refusal.Reason != want {
			t.Errorf("with all fixed up to %q: %+v, want %s", fixed, refusal, want)
		}
	}
}

// TestColumnsAbsent are optional columns of the record, spelled as it is, of a file with columns.
func TestColumnsAbsent(t *testing.T) {
	own := Rules{Supplier: "municipality", DeliveryID: "d-1", Formats: []string{"csv"}, KeyVersions: []int{1}}
	of := func(absent, code string) []byte {
		return []byte(`{"supplier":"municipality","municipality_codes":["` + code + `"],"delivery_id":"d-1","drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29","mode":"full",
"contract_version":"1.0","key_version":1,"files":[{"name":"r.csv","record":"municipality_residence","format":"csv","bytes":12,"sha256":"` + zeros + `","rows":3,"columns_absent":["` + absent + `"]}]}`)
	}
	for _, c := range []struct {
		absent, code string
		valid        bool
	}{
		{"inschrijfdatum_brp", "0014", true}, {"vertrekdatum", "0014", true}, {"vestigingsdatum", "0014", false}, {"Vertrekdatum", "0014", false}, {"left_on", "0014", false}, {"recordnummer", "0014", false},
		{"vertrekdatum", "0457", true}, {"vertrekdatum", "9999", false}, // Weesp, which merged; and no municipality
	} {
		if _, refusal := Parse(of(c.absent, c.code), own); (refusal == nil) != c.valid {
			t.Errorf("%s, %s: %+v", c.absent, c.code, refusal)
		}
	}
}

// TestGlance reads what the books need of a manifest that is refused, as far as it is sound.
func TestGlance(t *testing.T) {
	for text, want := range map[string]Manifest{
		`{"drawn_on":"2024-03-01","covers_from":"1969-12-31","covers_to":"2024-02-30","mode":"full"}`: {DrawnOn: "2024-03-01", Mode: "full"},
		`{"drawn_on":3,"covers_from":"2023-01-01","covers_to":"2100-12-31","mode":"all"}`:             {CoversFrom: "2023-01-01", CoversTo: "2100-12-31"},
		`{"mode":"mutation"}`: {Mode: "mutation"},
		`{"mode":"mutation"`:  {},
		`["full"]`:            {},
	} {
		if m := Glance([]byte(text)); m.DrawnOn != want.DrawnOn || m.CoversFrom != want.CoversFrom || m.CoversTo != want.CoversTo || m.Mode != want.Mode {
			t.Errorf("%s: %+v", text, *m)
		}
	}
}
