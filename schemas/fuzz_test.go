package schemas_test

import (
	"bytes"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"github.com/hamba/avro/v2"

	"doorstroom/schemas"
)

// FuzzAvro reads messages of all records: whatever is taken is written as a
// message that reads the same, and that a library which knows the schema only takes.
func FuzzAvro(f *testing.F) {
	parsed := make([]avro.Schema, len(schemas.Records))
	for i, r := range schemas.Records {
		parsed[i] = avro.MustParse(r.Avro)
		for _, words := range []string{"", fullWords(r.Name), "mutatie=V"} {
			f.Add(uint8(i), messageOf(r, words))
		}
	}
	f.Fuzz(func(t *testing.T, no uint8, message []byte) {
		i := int(no) % len(schemas.Records)
		row := schemas.Records[i].New()
		before := bytes.Clone(message)
		at, err := row.DecodeAvro(message)
		if !bytes.Equal(before, message) {
			t.Fatal("reading changed the message")
		}
		if err != nil {
			return
		}
		written := row.AppendAvro(nil, at)
		back := schemas.Records[i].New()
		again, err := back.DecodeAvro(written)
		if err != nil || again != at || !bytes.Equal(back.AppendAvro(nil, again), written) {
			t.Fatalf("%s: another record after writing: %+v %+v %v", schemas.Records[i].Name, at, again, err)
		}
		var generic map[string]any
		if err := avro.Unmarshal(parsed[i], written, &generic); err != nil {
			t.Fatalf("%s: %v", schemas.Records[i].Name, err)
		}
	})
}

// messageOf is a sound record with words on top, as a message.
func messageOf(r *schemas.Record, words string) []byte {
	row := r.New()
	row.Reset(schemas.SyntaxCSV)
	for _, w := range strings.Fields(soundWords(r.Name) + " " + words) {
		column, value, _ := strings.Cut(w, "=")
		switch value {
		case "A":
			value = pseudonymA
		case "B":
			value = pseudonymB
		}
		row.SetText(r.FieldOf(column), []byte(value))
	}
	row.Validate(context(true))
	return row.AppendAvro(nil, schemas.Position{LoadID: 1 << 63, FileNo: 3, RowNo: 1 << 40})
}

// FuzzPseudonym holds the reader against encoding/base32.
func FuzzPseudonym(f *testing.F) {
	for _, s := range []string{"", pseudonymA, pseudonymB, pseudonymA + "a", strings.ToUpper(pseudonymA), pseudonymA[:25] + "b", pseudonymA[:25] + "=", strings.Repeat("1", 26)} {
		f.Add([]byte(s))
	}
	plain := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	f.Fuzz(func(t *testing.T, text []byte) {
		key, err := plain.DecodeString(string(text))
		// The library takes bits behind the last byte, and passes over line ends.
		want := err == nil && len(key) == 16 && plain.EncodeToString(key) == string(text)
		p, ok := schemas.ParsePseudonym(text)
		if ok != want || p.Valid != want {
			t.Fatalf("%q: %v, want %v", text, ok, want)
		}
		if ok && (!bytes.Equal(p.Key[:], key) || p.Text() != string(text)) {
			t.Fatalf("%q came out as another", text)
		}
		if !ok && p.Key != [16]byte{} {
			t.Fatalf("%q leaves a key behind", text)
		}
	})
}

// FuzzDates holds every form of a date against package time, in CSV and elsewhere.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"", "2023-02-28", "2023-02-29", "28-02-2023", "20230228", "20230200", "20230000", "00000000", "1899-12-31", "1900-01-01", "1969-12-31", "1970-01-01", "2100-12-31", "2101-01-01", "00010101", "0000-01-01", "20231300", "2023-2-1", "01/02/2023"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		iso, err := time.Parse(time.DateOnly, text)
		exists := err == nil && len(text) == len(time.DateOnly)
		if d, ok := schemas.ParseISO(text); ok != exists || (ok && d.InRange() && d.String() != text) || (ok && d.InRange() != inRange(iso)) {
			t.Fatalf("%q: %v %v", text, d, ok)
		}
		day, known := csvDate(text)
		r := schemas.RecordOf("municipality_residence")
		row := r.New().(*schemas.MunicipalityResidence)
		row.Reset(schemas.SyntaxCSV)
		row.SetText(r.FieldOf("vertrekdatum"), []byte(text))
		rule := ""
		for _, v := range row.Validate(context(false)) {
			if r.Fields[v.Field].Column == "vertrekdatum" {
				rule = string(v.Rule)
			}
		}
		want := ""
		switch {
		case text == "" || text == "00000000":
		case !known:
			want = "not_a_date"
		case !inRange(day):
			want = "date_out_of_range"
		}
		if rule != want {
			t.Fatalf("%q: %q, want %q", text, rule, want)
		}
		if known && want == "" && text != "00000000" && row.LeftOn.String() != day.Format(time.DateOnly) {
			t.Fatalf("%q came out as %s", text, row.LeftOn)
		}
	})
}

func inRange(day time.Time) bool { return day.Year() >= 1970 && day.Year() <= 2100 }

// csvDate reads the municipal forms by package time.
func csvDate(text string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "02-01-2006", "20060102"} {
		if day, err := time.Parse(layout, text); err == nil && len(text) == len(layout) {
			return day, true
		}
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return time.Time{}, false
		}
	}
	if len(text) != 8 || text[6:] != "00" {
		return time.Time{}, false
	}
	month := text[4:6]
	if month == "00" {
		month = "01"
	}
	day, err := time.Parse("20060102", text[:4]+month+"01")
	return day, err == nil
}
