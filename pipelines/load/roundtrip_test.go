package load

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// TestEveryFieldOfEveryRecordArrives sends rows with all fields, with only the required ones and a deletion.
func TestEveryFieldOfEveryRecordArrives(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	wants := make(map[string][]map[string]string)
	for _, r := range schemas.Records {
		full, wantFull := sample(r, true)
		least, wantLeast := sample(r, false)
		gone, wantGone := deletion(r)
		for i, row := range []schemas.Row{full, least, gone} {
			context := &schemas.Context{Mutation: i == 2, DrawnYear: 2026, Municipalities: municipalities(r)}
			if broken := row.Validate(context); len(broken) > 0 {
				t.Fatalf("%s: the test's own row %d is not valid: %v", r.Name, i, broken)
			}
			e.send(t, r.Topic(), message(r.Name, row, schemas.Position{LoadID: 1<<64 - 1, FileNo: int32(i), RowNo: 1<<40 + 1}))
		}
		wants[r.Name] = []map[string]string{wantFull, wantLeast, wantGone}
	}
	e.drain(t)
	for _, r := range schemas.Records {
		for i, want := range wants[r.Name] {
			got := e.text(t, fmt.Sprintf("SELECT arrayStringConcat([%s], '|') FROM raw.%s WHERE load_id = 18446744073709551615 AND file_no = %d AND row_no = 1099511627777",
				strings.Join(columnTexts(r), ", "), r.Name, i))
			if expected := strings.Join(expectedTexts(r, want, i == 2), "|"); got != expected {
				t.Errorf("%s, row %d:\n got %s\nwant %s", r.Name, i, got, expected)
			}
		}
	}
	if n := e.loader.Unreadable(); n != 0 {
		t.Errorf("%d messages were unreadable", n)
	}
}

func deletion(r *schemas.Record) (schemas.Row, map[string]string) {
	row := r.New()
	row.Reset(schemas.SyntaxISO)
	want := map[string]string{"record_id": "gone-1", "operation": "V"}
	row.SetText(schemas.FieldRecordID, []byte("gone-1"))
	row.SetText(schemas.FieldOperation, []byte("V"))
	if r.Municipal() {
		want["municipality_code"] = "1992"
	}
	return row, want
}

func municipalities(r *schemas.Record) []schemas.Code {
	for _, f := range r.Fields {
		if r.Municipal() && f.Name == "municipality_code" {
			c, _ := f.List.Parse([]byte("1992"))
			return []schemas.Code{c}
		}
	}
	return nil
}

// columnTexts are the fields as ClickHouse prints them; pseudonyms in hexadecimal, NULL as such.
func columnTexts(r *schemas.Record) (texts []string) {
	for _, f := range r.Fields {
		column := fmt.Sprintf("toString(`%s`)", f.Name)
		if f.Kind == schemas.KindPseudonym {
			column = fmt.Sprintf("lower(hex(`%s`))", f.Name)
		}
		texts = append(texts, fmt.Sprintf("ifNull(%s, 'NULL')", column))
	}
	return texts
}

// expectedTexts writes down by hand how a value, or the lack of one, looks in the table.
func expectedTexts(r *schemas.Record, want map[string]string, deleted bool) (texts []string) {
	for _, f := range r.Fields {
		v, there := want[f.Name]
		switch {
		case there && f.Kind == schemas.KindPseudonym:
			v = "00443214c74254b635cf84653a56d7d0" // base32 of the sample, by hand with the RFC's alphabet
		case there:
		case f.Kind == schemas.KindPseudonym:
			v = "NULL"
		case f.List != nil || f.Kind == schemas.KindText || f.Kind == schemas.KindCode:
			v = ""
		case deleted && f.Always && f.Kind == schemas.KindDate, deleted && f.Always && f.Kind == schemas.KindInexactDate:
			v = "1970-01-01"
		case deleted && f.Always:
			v = "0"
		default:
			v = "NULL"
		}
		texts = append(texts, v)
	}
	return texts
}

func TestMunicipalDatesKeepTheirDeliveredForm(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	r := schemas.RecordOf("municipality_bijstand")
	row, _ := sample(r, false)
	row.Reset(schemas.SyntaxCSV)
	for i, f := range r.Fields {
		switch {
		case f.Name == "start":
			row.SetText(i, []byte("20140500"))
		case f.Always || f.Name == "pseudonym_v":
			row.SetText(i, []byte(sampleValue(f)))
		}
	}
	if broken := row.Validate(&schemas.Context{DrawnYear: 2026, Municipalities: municipalities(r)}); len(broken) > 0 {
		t.Fatal(broken)
	}
	e.send(t, r.Topic(), message(r.Name, row, schemas.Position{LoadID: 1, RowNo: 1}))
	e.drain(t)
	if got := e.text(t, "SELECT concat(toString(start), ' ', start_delivered) FROM raw.municipality_bijstand"); got != "2014-05-01 20140500" {
		t.Errorf("got %s", got)
	}
}
