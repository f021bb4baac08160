package parquet_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

const parquetTesting = "testdata/parquet-testing/"

// parquetKinds are the kinds of field that expected.tsv tells apart.
var parquetKinds = map[string]schemas.Kind{"text": schemas.KindText, "integer": schemas.KindInt64, "hours": schemas.KindHours, "date": schemas.KindDate}

// columnValues reads one column as expected.tsv writes values; nil for an absent one.
func columnValues(t *testing.T, data []byte, column string, kind schemas.Kind) (values []*string, err error) {
	t.Helper()
	r := decodetest.RecordWith(schemas.Field{Column: column, Kind: kind})
	in := &decode.Input{Record: r, ColumnsAbsent: decodetest.Optional(r), File: bytes.NewReader(data), Size: int64(len(data))}
	parts, err := parquet.Format.Parts(in)
	for _, p := range parts {
		if err != nil {
			break
		}
		_, err = p.Read(func(row schemas.Row, whole schemas.Rule) error {
			values = append(values, shown(row.(*decodetest.Recorder), whole, kind))
			return nil
		})
	}
	var fault *decode.Fault
	if err != nil && (!errors.As(err, &fault) || fault.Detail == "") {
		t.Fatalf("%s: not a fault of the file: %v", column, err)
	}
	return values, err
}

// shown is a value as expected.tsv writes it.
func shown(row *decodetest.Recorder, whole schemas.Rule, kind schemas.Kind) *string {
	text, there := row.Set[schemas.FieldPseudonymV]
	if whole != "" {
		text, there = string(whole), true
	}
	if !there {
		return nil
	}
	for _, what := range []string{"int ", "day ", "hundredths "} {
		text = strings.TrimPrefix(text, what)
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && kind == schemas.KindHours && (n > 1e14 || n < -1e14) {
		text = "beyond"
	}
	return &text
}

// listed writes values as expected.tsv does.
func listed(t *testing.T, values []*string) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if values == nil {
		values = []*string{}
	}
	if err := e.Encode(values); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func digest(values []*string) string {
	h := sha256.New()
	for _, v := range values {
		if v == nil {
			io.WriteString(h, "-")
			continue
		}
		fmt.Fprintf(h, "+%d:%s", len(*v), *v)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))[:32]
}

// expectation is a line of expected.tsv.
type expectation struct{ file, column, kind, outcome, values string }

func expectations(t testing.TB) (all []expectation) {
	t.Helper()
	text, err := os.ReadFile(parquetTesting + "expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		if len(f) != 5 {
			t.Fatalf("a line of %d fields", len(f))
		}
		all = append(all, expectation{f[0], f[1], f[2], f[3], f[4]})
	}
	return all
}

// stricter are columns that pyarrow reads and we refuse. Their chunks end, by
// the footer, before their pages do: writers of 2013 left the header of the
// dictionary out of the length.
var stricter = map[string]bool{
	"data/nation.dict-malformed.parquet name": true, "data/nation.dict-malformed.parquet comment_col": true,
}

// TestParquetTesting reads every column of every file of apache/parquet-testing
// as every kind of field: its values are those that pyarrow reads, or the file
// is refused where the contract does not take the type, or a page is damaged.
func TestParquetTesting(t *testing.T) {
	files := connectortest.Archive(t, parquetTesting+"files.tar.gz")
	told := map[string]bool{}
	for _, want := range expectations(t) {
		told[want.file] = true
		kinds := []string{want.kind}
		if want.kind == "any" {
			kinds = []string{"text", "integer", "hours", "date"}
		}
		for _, kind := range kinds {
			decodetest.Bounded(t, fuzzMemory, func() {
				values, err := columnValues(t, files[want.file], want.column, parquetKinds[kind])
				holdColumn(t, want, kind, values, err)
			})
		}
	}
	for name := range files {
		if ext := path.Ext(name); !told[name] && (ext == ".parquet" || ext == ".encrypted") {
			t.Errorf("no word on %s", name)
		}
	}
}

func holdColumn(t *testing.T, want expectation, kind string, values []*string, err error) {
	t.Helper()
	where := fmt.Sprintf("%s, column %s as %s", want.file, want.column, kind)
	if want.column == "" && err != nil {
		return // a file that pyarrow cannot open has no column of ours either
	}
	if want.outcome == "refused" || stricter[want.file+" "+want.column] {
		var fault *decode.Fault
		if !errors.As(err, &fault) || fault.Reason != schemas.UnreadableFile {
			t.Errorf("%s: %d values, %v, want it refused: %s", where, len(values), err, want.values)
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %v, want %s", where, err, want.outcome)
		return
	}
	got := digest(values)
	if !strings.HasPrefix(want.values, "sha256:") {
		var plain []*string
		if err := json.Unmarshal([]byte(want.values), &plain); err != nil {
			t.Fatal(err)
		}
		got, want.values = listed(t, values), listed(t, plain)
	}
	if fmt.Sprint("rows ", len(values)) != want.outcome || got != want.values {
		t.Errorf("%s: %d values, want %s\ngot  %.300s\nwant %.300s", where, len(values), want.outcome, got, want.values)
	}
}

// TestParquetTestingTwins holds the files that come with a CSV twin against it:
// expected values of another hand than pyarrow's.
func TestParquetTestingTwins(t *testing.T) {
	files := connectortest.Archive(t, parquetTesting+"files.tar.gz")
	kinds := map[string]schemas.Kind{}
	for _, e := range expectations(t) {
		if strings.HasPrefix(e.outcome, "rows") && (e.kind == "text" || e.kind == "integer") {
			kinds[e.file+" "+e.column] = parquetKinds[e.kind]
		}
	}
	twins := 0
	for name, text := range files {
		sound, ok := strings.CutSuffix(name, "_expect.csv")
		if !ok {
			continue
		}
		twins++
		lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, column := range lines[0] {
			column = strings.TrimSpace(column)
			if strings.HasSuffix(sound, "required_column") {
				column += ":" // so they are called in this file
			}
			values, err := columnValues(t, files[sound+".parquet"], column, kinds[sound+".parquet "+column])
			if len(values) != len(lines)-1 || err != nil {
				t.Errorf("%s, column %s: %d values, want %d, %v", sound, column, len(values), len(lines)-1, err)
				continue
			}
			for row, v := range values {
				if v == nil {
					v = new(string)
				}
				if *v != lines[row+1][i] {
					t.Fatalf("%s, column %s, row %d: %q, want %q", sound, column, row+1, *v, lines[row+1][i])
				}
			}
		}
	}
	if twins != 4 {
		t.Errorf("%d files with a twin", twins)
	}
}
