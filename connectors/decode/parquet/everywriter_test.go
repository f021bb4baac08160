package parquet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// uwvRecords are the records that come as Parquet.
var uwvRecords = []string{"uwv_employment", "uwv_work_permit"}

// writtenRows is a record as testdata/writers/write.py takes it: values as
// texts, nil for absent ones.
type writtenRows struct {
	Columns [][2]string `json:"columns"` // name and kind
	Rows    [][]*string `json:"rows"`
}

// kindNames are the kinds of field that write.py tells apart; others are texts.
var kindNames = map[schemas.Kind]string{
	schemas.KindDate: "date", schemas.KindHours: "hours", schemas.KindInt32: "int32", schemas.KindInt64: "int64", schemas.KindYear: "int32",
}

// rowsOf makes rows of every column of a record: mutatie is absent everywhere,
// every optional column in some rows, sector in most.
func rowsOf(r *schemas.Record, n int) (w writtenRows) {
	for _, f := range r.Fields {
		kind := kindNames[f.Kind]
		if kind == "" {
			kind = "text"
		}
		w.Columns = append(w.Columns, [2]string{f.Column, kind})
	}
	for i := range n {
		row := make([]*string, len(r.Fields))
		for k, f := range r.Fields {
			if k == schemas.FieldOperation || (!f.Always && (i+k)%3 == 0) || (f.Column == "sector" && i%50 != 0) {
				continue
			}
			text := madeValue(w.Columns[k][1], f, i, k)
			row[k] = &text
		}
		w.Rows = append(w.Rows, row)
	}
	return w
}

// madeValue is a value of a kind: few different ones in some columns, all
// different in others, and the ends of each range.
func madeValue(kind string, f schemas.Field, i, k int) string {
	switch kind {
	case "date":
		return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, []int{0, 47_846, i * 17 % 20_000}[min(i, 2)]).Format(time.DateOnly)
	case "hours":
		return fmt.Sprintf("%d.%02d", i%100, i*7%100)
	case "int32":
		return strconv.Itoa([]int{-9999, 9999, i%400 - 200}[min(i, 2)])
	case "int64":
		return strconv.FormatInt([]int64{-1 << 63, 1<<63 - 1, int64(i) * 7_919_000_003}[min(i, 2)], 10)
	}
	switch {
	case k == schemas.FieldRecordID:
		return fmt.Sprintf("r-%05d", i)
	case f.Kind == schemas.KindText:
		return []string{"kok in Café Zuid", "schoonmaker €", "lasser 溶接"}[i%3] + strings.Repeat("x", i%20)
	case f.Kind == schemas.KindPseudonym:
		return fmt.Sprintf("%s%05d", decodetest.Someone[:21], i/3)
	}
	return strconv.Itoa(i % 7)
}

// expectedRow is a row as the decoder is to hand it on.
func expectedRow(t *testing.T, w writtenRows, row []*string) string {
	t.Helper()
	o := decodetest.Outcome{Set: map[int]string{}}
	for k, text := range row {
		if text == nil {
			continue
		}
		switch w.Columns[k][1] {
		case "date":
			o.Set[k] = unixDay(t, *text)
		case "hours":
			hundredths, err := strconv.Atoi(strings.ReplaceAll(*text, ".", ""))
			if err != nil {
				t.Fatal(err)
			}
			o.Set[k] = fmt.Sprint("hundredths ", hundredths)
		case "int32", "int64":
			o.Set[k] = "int " + *text
		default:
			o.Set[k] = *text
		}
	}
	return o.String()
}

// TestWriters has every writer that suppliers are known to use write the same
// records, in its codecs, encodings, page versions and types, and reads them.
func TestWriters(t *testing.T) {
	records := map[string]writtenRows{}
	for i, name := range uwvRecords {
		records[name] = rowsOf(schemas.RecordOf(name), 1003-i)
	}
	files := write(t, records)
	writers := map[string]int{}
	for _, path := range files {
		parts := strings.Split(filepath.Base(path), ".")
		writer, _, _ := strings.Cut(parts[0], "_")
		writers[writer]++
		t.Run(parts[0]+"/"+parts[1], func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			holdRows(t, parts[0], parts[1], records[parts[1]], data)
		})
	}
	if got := slices.Sorted(maps.Keys(writers)); !slices.Equal(got, []string{"duckdb", "fastparquet", "pandas", "polars", "pyarrow", "spark"}) {
		t.Errorf("written by %v", got)
	}
}

func holdRows(t *testing.T, way, name string, w writtenRows, data []byte) {
	t.Helper()
	want := w.Rows
	if strings.HasSuffix(way, "_empty") {
		want = nil
	}
	textDates := strings.Contains(way, "text") || strings.Contains(way, "binary") || strings.Contains(way, "categories")
	got, _, err := decodetest.Read(t, parquet.Format, decodetest.Recorded(name), data, nil)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d rows, want %d: %v", len(got), len(want), err)
	}
	for i := range want {
		if textDates {
			got[i] = daysOfTexts(t, w, got[i])
		}
		if row := expectedRow(t, w, want[i]); got[i].String() != row {
			t.Fatalf("row %d: got %s\nwant %s", i+1, got[i], row)
		}
	}
}

// daysOfTexts makes days of the dates that a file has as texts.
func daysOfTexts(t *testing.T, w writtenRows, o decodetest.Outcome) decodetest.Outcome {
	t.Helper()
	for k, column := range w.Columns {
		if text, ok := o.Set[k]; ok && column[1] == "date" {
			o.Set[k] = unixDay(t, text)
		}
	}
	return o
}

// write runs write.py with the writers that make tools has installed.
func write(t *testing.T, records map[string]writtenRows) (files []string) {
	t.Helper()
	text, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	rows, out := filepath.Join(t.TempDir(), "rows.json"), t.TempDir()
	if err := os.WriteFile(rows, text, 0o600); err != nil {
		t.Fatal(err)
	}
	python, jars := tool(t, "writers", "bin", "python"), tool(t, "spark")
	script := exec.Command(python, filepath.Join("testdata", "writers", "write.py"), rows, out, jars)
	script.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "SPARK_LOCAL_IP=127.0.0.1", "SPARK_LOCAL_HOSTNAME=localhost")
	var said bytes.Buffer
	script.Stdout, script.Stderr = &said, &said
	if err := script.Run(); err != nil {
		t.Fatalf("the writers: %v\n%s", err, said.Bytes())
	}
	files, err = filepath.Glob(filepath.Join(out, "*.parquet"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files, %v", err)
	}
	return files
}

// tool finds what make tools has installed.
func tool(t *testing.T, name ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "..", ".tools"}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; run make tools", err)
	}
	return path
}
