package schemas_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// publishedRecords are the rows of contract/records.csv by record: name, column, type, requirement and values.
func publishedRecords(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open("contract/records.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, row := range rows[1:] {
		want[row[0]] = append(want[row[0]], strings.Join(row[1:6], " / "))
	}
	return want
}

// TestAvroEqualsContract holds the Avro files equal to contract/records.csv: the same records, fields, order, columns, types,
// requirements and values. A supplier that was not published yet has its contract in its Avro files alone, and all or none of
// its records are in the published one.
func TestAvroEqualsContract(t *testing.T) {
	want := publishedRecords(t)
	published := map[string]bool{}
	for name := range want {
		r := schemas.RecordOf(name)
		if r == nil {
			t.Fatalf("the program has no record %s of the contract", name)
		}
		published[r.Supplier] = true
	}
	for _, r := range schemas.Records {
		if !published[r.Supplier] {
			continue
		}
		var avro struct {
			Name   string
			Fields []struct{ Name, Column, Kind, Required, Values string }
		}
		if err := json.Unmarshal([]byte(r.Avro), &avro); err != nil {
			t.Fatalf("%s: %v", r.Name, err)
		}
		var got []string
		for _, f := range avro.Fields {
			if f.Kind != "" {
				got = append(got, strings.Join([]string{f.Name, f.Column, f.Kind, f.Required, f.Values}, " / "))
			}
		}
		if g, w := strings.Join(got, "\n"), strings.Join(want[r.Name], "\n"); g != w || avro.Name != r.Name {
			t.Errorf("%s differs from the contract:\ngot\n%s\nwant\n%s", r.Name, g, w)
		}
		if len(r.Fields) != len(want[r.Name]) {
			t.Errorf("%s has %d fields, contract %d", r.Name, len(r.Fields), len(want[r.Name]))
		}
	}
}

// TestOptionalColumns: a file may lack the columns of which contract/records.csv
// says that no row, or only some, must fill them, and no others.
func TestOptionalColumns(t *testing.T) {
	f, err := os.Open("contract/records.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		r := schemas.RecordOf(row[0])
		want := row[4] == "no" || strings.HasPrefix(row[4], "if")
		if got := r.Optional(r.FieldOf(row[2])); got != want {
			t.Errorf("%s of %s, required %q: optional is %v", row[2], row[0], row[4], got)
		}
	}
}
