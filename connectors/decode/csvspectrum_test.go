package decode_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

const csvSpectrum = "testdata/csv-spectrum/files.tar.gz"

// otherSeparators changes commas and semicolons for one another: what a file
// says with commas it then says in the dialect of the contract.
var otherSeparators = strings.NewReplacer(",", ";", ";", ",")

// TestCSVSpectrum reads every file of csv-spectrum: its values are those of its
// JSON twin, blanks around a value left out, which the contract trims.
func TestCSVSpectrum(t *testing.T) {
	files, seen := connectortest.Archive(t, csvSpectrum), 0
	for path, text := range files {
		name, ok := strings.CutPrefix(strings.TrimSuffix(path, ".csv"), "csvs/")
		if !ok {
			continue
		}
		seen++
		t.Run(name, func(t *testing.T) {
			var twin []map[string]string
			if err := json.Unmarshal(files["json/"+name+".json"], &twin); err != nil {
				t.Fatal(err)
			}
			header, _, _ := strings.Cut(string(text), "\n")
			columns := strings.Split(strings.TrimSpace(header), ",")
			var fields []schemas.Field
			for _, c := range columns {
				fields = append(fields, schemas.Field{Column: c, Kind: schemas.KindText})
			}
			r := decodetest.RecordWith(fields...)
			got, _, err := decodetest.Read(t, decode.CSV, r, []byte(otherSeparators.Replace(string(text))), nil)
			if err != nil || len(got) != len(twin) {
				t.Fatalf("%v, %v", got, err)
			}
			for i, row := range twin {
				want := decodetest.Outcome{Set: map[int]string{}}
				for key, value := range row {
					if value = strings.Trim(otherSeparators.Replace(value), " \t"); value != "" {
						want.Set[r.FieldOf(key)] = value
					}
				}
				if got[i].String() != want.String() {
					t.Errorf("row %d: got %s\nwant %s", i+1, got[i], want)
				}
			}
		})
	}
	if seen != 11 {
		t.Errorf("%d files", seen)
	}
}

// asTheyAre is what the contract makes of the files with their commas: one
// column of another name, and a quote that does not open the whole line stands bare.
var asTheyAre = map[string]schemas.Reason{
	"comma_in_quotes": schemas.UnreadableFile, "empty": schemas.UnreadableFile, "empty_crlf": schemas.UnreadableFile, "escaped_quotes": schemas.UnreadableFile,
	"json": schemas.UnreadableFile, "newlines": schemas.UnreadableFile, "newlines_crlf": schemas.UnreadableFile, "quotes_and_newlines": schemas.UnreadableFile,
	"simple": schemas.ColumnMissing, "simple_crlf": schemas.ColumnMissing, "utf8": schemas.ColumnMissing,
}

// TestCSVSpectrumAsItIs holds that a file with commas is not a municipality's.
func TestCSVSpectrumAsItIs(t *testing.T) {
	files := connectortest.Archive(t, csvSpectrum)
	for name, want := range asTheyAre {
		got, _, err := decodetest.Read(t, decode.CSV, decodetest.Recorded("municipality_residence"), files[fmt.Sprintf("csvs/%s.csv", name)], nil)
		fault := decodetest.FaultOf(err)
		if fault == nil || fault.Reason != want {
			t.Errorf("%s: %v, %v, want %s", name, got, err, want)
		}
	}
}
