package main

import (
	"strings"
	"testing"
)

// landed gives the records and the tables that the landed migrations give, fresh for each test.
func landed(t *testing.T) ([]*record, map[string]*table, []migration) {
	t.Helper()
	records, err := readRecords("../avro")
	if err != nil {
		t.Fatal(err)
	}
	list, err := readMigrations("../migrations")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := landedTables(list)
	if err != nil {
		t.Fatal(err)
	}
	markLanded(records, tables)
	return records, tables, list
}

func TestSchemasThatLandedAskForNothing(t *testing.T) {
	records, tables, _ := landed(t)
	s, err := difference(records, tables)
	if err != nil || len(s.up)+len(s.down) > 0 {
		t.Errorf("a migration would be written: %v %v", s.up, err)
	}
	for _, r := range records {
		for _, f := range r.AvroFields[3:] {
			if f.always() && f.Kind != "pseudonym" && !f.everyRow() {
				t.Errorf("%s.%s is taken for nullable", r.Name, f.Name)
			}
		}
	}
}

// TestWhatWouldChangeRowsIsRefused: each change would take or alter a value that rows have, and is refused with what to do.
func TestWhatWouldChangeRowsIsRefused(t *testing.T) {
	stay := func(records []*record) *record { return records[0] }
	for name, test := range map[string]struct {
		change func([]*record) []*record
		says   string
	}{
		"a record that went":    {func(list []*record) []*record { return list[1:] }, "no schema asks for raw.coa_stay"},
		"a field that went":     {func(list []*record) []*record { drop(stay(list), "location"); return list }, "column location of raw.coa_stay"},
		"another type":          {func(list []*record) []*record { stay(list).field("start").Kind = "year"; return list }, "column start of raw.coa_stay is Date32 and would become UInt16"},
		"a field made optional": {func(list []*record) []*record { stay(list).field("start").Required = "no"; return list }, "would become Nullable(Date32)"},
		"codes that change rank": {func(list []*record) []*record {
			list[11].field("result").Values = "geslaagd|vervallen|gezakt|geen"
			return list
		}, "new codes at the end"},
		"a code that went": {func(list []*record) []*record { list[11].field("result").Values = "geslaagd|gezakt"; return list }, "new codes at the end"},
	} {
		records, tables, _ := landed(t)
		if _, err := difference(test.change(records), tables); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", name, err, test.says)
		}
	}
}

func drop(r *record, name string) {
	for i, f := range r.AvroFields {
		if f.Name == name {
			r.AvroFields = append(r.AvroFields[:i:i], r.AvroFields[i+1:]...)
		}
	}
}

// TestOptionalThatBecomesRequired keeps its column: rows of before may lack it.
func TestOptionalThatBecomesRequired(t *testing.T) {
	records, tables, _ := landed(t)
	records[0].field("end").Required = "yes"
	s, err := difference(records, tables)
	if err != nil || len(s.up) > 0 || !records[0].field("end").always() {
		t.Errorf("%v, %v", s.up, err)
	}
}

// TestLaterFieldIsDigestedApart: a field that came later stands behind all that was digested of rows of before.
func TestLaterFieldIsDigestedApart(t *testing.T) {
	records, tables, _ := landed(t)
	r := records[0]
	f := &field{Name: "reported_on", Kind: "date", Required: "yes", No: len(r.Fields), record: r}
	r.Fields = append(r.Fields, f)
	r.AvroFields = append(r.AvroFields[:5:5], append([]*field{f}, r.AvroFields[5:]...)...)
	markLanded(records, tables)
	const want = `	dst = storedOptDate(dst, r.Has(7), r.End)
	dst = storedLater(storedOptDate(storedText(dst, true, []byte("reported_on")), r.Has(8), r.ReportedOn), len(dst), "reported_on", "\x01")
	return dst
`
	if code := storer(r); !strings.Contains(code, want) || strings.Count(code, "ReportedOn") != 1 {
		t.Errorf("the code is\n%s", code)
	}
	if got := laterColumns(records); !strings.Contains(got, "\t\"coa_stay\": {{name: \"reported_on\", filled: \"isNotNull(`reported_on`)\"}},\n") {
		t.Errorf("the later columns are\n%s", got)
	}
}

// TestLandedListOnlyGrows: what is listed stays as it is, and what is new is added.
func TestLandedListOnlyGrows(t *testing.T) {
	_, _, list := landed(t)
	text, err := landedList("", list)
	if err != nil {
		t.Fatal(err)
	}
	grown, err := landedList(text, append(list[:len(list):len(list)], migration{"00099_raw.sql", "SELECT 1;\n"}))
	if err != nil || !strings.HasPrefix(grown, text) || strings.Count(grown, "\n") != len(list)+1 {
		t.Errorf("the list became %q, %v", grown, err)
	}
	for name, test := range map[string]struct {
		old  string
		list []migration
		says string
	}{
		"changed":   {text, append([]migration{{list[0].name, list[0].text + " "}}, list[1:]...), list[0].name + " changed"},
		"gone":      {text, list[1:], list[0].name + " landed and is gone"},
		"not a sum": {"nothing\n" + text, list, "restore the file"},
	} {
		if _, err := landedList(test.old, test.list); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", name, err, test.says)
		}
	}
}

// TestMigrationsByHandAreRead holds that a migration by hand counts, and that one that cannot be read is named.
func TestMigrationsByHandAreRead(t *testing.T) {
	_, _, list := landed(t)
	tables, err := landedTables(append(list, migration{"00099_hand.sql", "-- +goose Up\n-- Nothing is made of it.\nALTER TABLE raw.coa_stay DROP COLUMN IF EXISTS `location`,\n    MODIFY COMMENT 'x';\n\nDROP TABLE IF EXISTS raw.duo_mbo;\n-- +goose Down\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if s := tables["coa_stay"]; s.find("location") != nil || s.comment != "'x'" || tables["duo_mbo"] != nil {
		t.Errorf("raw.coa_stay is %+v, raw.duo_mbo there: %v", s, tables["duo_mbo"] != nil)
	}
	for _, statement := range []string{"RENAME TABLE raw.coa_stay TO raw.stay", "ALTER TABLE raw.coa_stay RENAME COLUMN a TO b"} {
		if _, err := landedTables(append(list, migration{"00099_hand.sql", "-- +goose Up\n" + statement + ";\n"})); err == nil || !strings.Contains(err.Error(), "00099_hand.sql") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
