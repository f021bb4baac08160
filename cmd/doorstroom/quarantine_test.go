package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestQuarantineThatPeopleCanWorkWith counts by rule, writes replies without
// values, and forgets what a corrected delivery fixed.
func TestQuarantineThatPeopleCanWorkWith(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	records := stays(kindGood, 1, 9)
	records[1]["begindatum"] = `"sentinel"`
	records[2]["begindatum"] = ``
	records[4]["begindatum"] = `"2024-13-01"`
	records[4]["gemeentecode"] = `"9999"`
	records[6]["pseudoniem_v"] = ``
	mixed := dataFile{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(records), rows: 9}
	landed{supplier: "coa", id: "mixed", files: []dataFile{mixed}}.write(t, landing)
	item := fields{"recordnummer": `"sentinel 1"`}
	page := dataFile{name: "1.json", record: "duo_exam", format: "json", content: jsonPage([]fields{item}, 2), rows: 1}
	landed{supplier: "duo", id: "short", files: []dataFile{page}}.write(t, landing)
	ran := u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
	if n := strings.Count(ran.out+ran.err, "row_count_mismatch"); n != 1 {
		t.Errorf("a refusal is told %d times, want once:\n%s%s", n, ran.out, ran.err)
	}

	want := `coa,mixed,coa_stay,not_a_date,start,2,stay.jsonl:2 stay.jsonl:5
coa,mixed,coa_stay,code_not_in_list,municipality_code,1,stay.jsonl:5
coa,mixed,coa_stay,missing,start,1,stay.jsonl:3
coa,mixed,coa_stay,no_pseudonym,pseudonym_v,1,stay.jsonl:7`
	var got []string
	for _, r := range u.run("quarantine", "--by", "rule", "--format", "CSV").exits(0).rows() {
		if r[0] == "coa" {
			got = append(got, strings.Join(r, ","))
		}
	}
	sameLines(t, got, want)

	dir := filepath.Join(t.TempDir(), "replies")
	u.run("quarantine", "--reply", dir).exits(0)
	sameFile(t, filepath.Join(dir, "coa.csv"), `delivery_id,file,row (from 1; a header and blank lines are not counted),record,column,rule,expected
mixed,stay.jsonl,2,coa_stay,begindatum,not_a_date,"a date that exists, written jjjj-mm-dd; in CSV also dd-mm-jjjj or jjjjmmdd, without a time; in Parquet a DATE, or a TIMESTAMP at midnight"
mixed,stay.jsonl,3,coa_stay,begindatum,missing,a value: this field is required here
mixed,stay.jsonl,5,coa_stay,gemeentecode,code_not_in_list,"one of the 356 codes of the municipalities, abolished ones among them (docs/for_suppliers.md, ""Code lists"")"
mixed,stay.jsonl,5,coa_stay,begindatum,not_a_date,"a date that exists, written jjjj-mm-dd; in CSV also dd-mm-jjjj or jjjjmmdd, without a time; in Parquet a DATE, or a TIMESTAMP at midnight"
mixed,stay.jsonl,7,coa_stay,pseudoniem_v,no_pseudonym,"a pseudonym of the V-nummer, of the BSN, or both"
`)
	sameFile(t, filepath.Join(dir, "duo.csv"), `delivery_id,file,row (from 1; a header and blank lines are not counted),record,column,rule,expected
short,,,,,delivery refused: row_count_mismatch,"file 1.json states 2 records of duo_exam in the extract, its pages hold 1; write as many records as the manifest says, or the number that there are in rows; leave out rows that are not records"
short,1.json,1,duo_exam,onderdeel,missing,a value: this field is required here
short,1.json,1,duo_exam,pseudoniem_v,no_pseudonym,"a pseudonym of the V-nummer, of the BSN, or both"
short,1.json,1,duo_exam,recordnummer,bad_id,"a record number of 1 to 40 letters, digits, points, hyphens or underscores, without blanks"
short,1.json,1,duo_exam,resultaat,missing,a value: this field is required here
short,1.json,1,duo_exam,examendatum,missing,a value: this field is required here
`)

	fixed := dataFile{name: "1.json", record: "duo_exam", format: "json", content: jsonPage(nil, 0), rows: 0}
	landed{supplier: "duo", id: "short", files: []dataFile{fixed}}.write(t, landing)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	if n := u.value("SELECT count() FROM ops.quarantine WHERE supplier = 'duo'"); n != "0" {
		t.Errorf("%s entries are left of a delivery that was corrected", n)
	}
	u.run("quarantine", "--by", "field").exits(exit.CodeUsage)

	// A full delivery that was drawn later replaces the stays, and only those of COA; what it lacks itself is open.
	again := stays(kindGood, 1, 9)
	again[3]["begindatum"] = ``
	whole := dataFile{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(again), rows: 9}
	landed{supplier: "coa", id: "whole", drawnOn: "2026-06-01", files: []dataFile{whole}}.write(t, landing)
	other := participation(recordID(1), pseudonym('v', 1), pseudonym('b', 1), 1)
	delete(other, "mutatie")
	others := dataFile{name: "p.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines([]fields{other}), rows: 1}
	landed{supplier: "coa", id: "others", drawnOn: "2026-06-02", files: []dataFile{others}}.write(t, landing)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	got = got[:0]
	for _, r := range u.run("quarantine", "--by", "rule", "--format", "CSV").exits(0).rows() {
		got = append(got, strings.Join(r, ","))
	}
	sameLines(t, got, `coa,whole,coa_stay,missing,start,1,stay.jsonl:4`)
	u.run("quarantine", "--reply", dir).exits(0)
	sameFile(t, filepath.Join(dir, "coa.csv"), `delivery_id,file,row (from 1; a header and blank lines are not counted),record,column,rule,expected
whole,stay.jsonl,4,coa_stay,begindatum,missing,a value: this field is required here
`)
	sameFile(t, filepath.Join(dir, "duo.csv"), "delivery_id,file,row (from 1; a header and blank lines are not counted),record,column,rule,expected\n")
	if n := len(u.run("quarantine", "--format", "CSV").exits(0).rows()); n != 6 {
		t.Errorf("the plain list has %d entries, want the 5 of before and 1", n)
	}
	assertOnlyInWarehouse(t, u.data)
}

func sameLines(t *testing.T, got []string, want string) {
	t.Helper()
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

func sameFile(t *testing.T, path, want string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("%s holds\n%s\nwant\n%s", filepath.Base(path), text, want)
	}
}
