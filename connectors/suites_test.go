package connectors_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestJSONSuiteDelivered puts the texts of JSONTestSuite where a supplier may
// put anything, as the value of a key that no column has: in lines and in pages.
// Which texts are JSON, their names say.
func TestJSONSuiteDelivered(t *testing.T) {
	h := connectortest.New(t)
	var lines strings.Builder
	var broken []string
	rows := 0
	files := connectortest.Archive(t, "decode/testdata/json-test-suite/files.tar.gz")
	pages := map[string]schemas.Reason{}
	for file, text := range files {
		name := strings.TrimSuffix(path.Base(file), ".json")
		sound := strings.HasPrefix(name, "y_")
		if path.Dir(file) != "test_parsing" || !sound && !strings.HasPrefix(name, "n_") {
			continue
		}
		twice := strings.HasPrefix(name, "y_object_duplicated_key")
		if !bytes.ContainsRune(text, '\n') {
			lines.WriteString(strings.Replace(permit(fmt.Sprint("r-", rows), "1990"), "{", fmt.Sprintf(`{"x":%s,`, text), 1))
			rows++
			rule := schemas.BadJSON
			if !utf8.Valid(text) {
				rule = schemas.BadEncoding
			}
			if !sound || twice {
				broken = append(broken, fmt.Sprint(rows, " ", rule))
			}
		}
		id := strings.ToLower(strings.Map(func(c rune) rune {
			if c < 0x80 && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
				return c
			}
			return '-'
		}, name))
		id = fmt.Sprintf("%d-%.50s", len(pages), id)
		pages[id] = schemas.UnreadableFile
		if sound {
			pages[id] = ""
		}
		if twice {
			pages[id] = schemas.QuarantineOverLimit // its one item is not a record
		}
		item := strings.Replace(exams(1, 0), "{", fmt.Sprintf(`{"x":%s,`, text), 1)
		d := duo(id, page(1, item))
		d.Files[0].Rows = 1
		d.Write(t, h.Landing)
	}
	permits("lines", lines.String(), rows, "").Write(t, h.Landing)
	closed := h.MustRead()
	if len(closed) != len(pages)+1 || len(pages) < 280 {
		t.Fatalf("%d closed, %d pages", len(closed), len(pages))
	}
	for _, c := range closed {
		if c.Supplier == "duo" && c.Reason != pages[c.DeliveryID] {
			t.Errorf("%s: %q (%s), want %q", c.DeliveryID, c.Reason, c.Detail, pages[c.DeliveryID])
		}
		if c.Supplier != "coa" {
			continue
		}
		slices.Sort(broken)
		if got := entries(h, c.LoadID); c.Reason != schemas.QuarantineOverLimit || c.Records[0].RowsInFiles != uint64(rows) || !slices.Equal(got, broken) {
			t.Errorf("%s of %+v; put aside %q\nwant %q", c.Reason, c.Records, got, broken)
		}
	}
}

// told is what the decoder's table of apache/parquet-testing says of a column.
type told struct{ column, kind, outcome, why string }

// TestParquetTestingDelivered delivers every file of apache/parquet-testing: as
// it is, of which no column is one of the contract, and with its columns under
// names of the contract, so that their pages are read. Never is it taken.
func TestParquetTestingDelivered(t *testing.T) {
	h := connectortest.New(t)
	files := connectortest.Archive(t, "decode/parquet/testdata/parquet-testing/files.tar.gz")
	want := map[string]schemas.Reason{}
	deliver := func(name string, data []byte, reason schemas.Reason) {
		id := fmt.Sprintf("d-%04d", len(want))
		want[id] = reason
		connectortest.Delivery{Supplier: "uwv", ID: id, Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: data, Rows: 1}}}.Write(t, h.Landing)
		t.Log(id, name)
	}
	for name, columns := range toldColumns(t) {
		if columns[0].why == "cannot be opened" && name != "data/incorrect_map_schema.parquet" {
			deliver(name, files[name], schemas.UnreadableFile)
			continue
		}
		deliver(name, files[name], schemas.ColumnMissing)
		names := map[string]string{}
		for _, c := range columns {
			switch {
			case name == "data/column_chunk_key_value_metadata.parquet" || strings.HasPrefix(name, "shredded_variant/"):
				// The first has a footer that the library cannot write again; the others are all alike.
			case strings.HasPrefix(c.outcome, "rows") && !strings.HasPrefix(name, "data/nation.dict-malformed"):
				names[c.column] = contractColumn[c.kind]
			case c.why == "damaged" || c.why == "codec" || c.why == "encrypted":
				deliver(name+" "+c.column, renamed(t, files[name], map[string]string{c.column: contractColumn[c.kind]}), schemas.UnreadableFile)
			}
		}
		if len(names) > 0 {
			deliver(name+", renamed", renamed(t, files[name], names), schemas.ColumnMissing)
		}
	}
	for _, c := range h.MustRead() {
		if c.Reason != want[c.DeliveryID] {
			t.Errorf("%s: %q (%s), want %q", c.DeliveryID, c.Reason, c.Detail, want[c.DeliveryID])
		}
	}
	if len(want) < 300 {
		t.Errorf("%d deliveries", len(want))
	}
}

// contractColumn is a column of uwv_employment for each kind of field.
var contractColumn = map[string]string{"text": "sector", "integer": "loon_sv", "hours": "contracturen_per_week", "date": "datum_eind_ikv"}

// toldColumns reads what is expected of each file.
func toldColumns(t *testing.T) map[string][]told {
	t.Helper()
	text, err := os.ReadFile("decode/parquet/testdata/parquet-testing/expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]told{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		all[f[0]] = append(all[f[0]], told{f[1], f[2], f[3], f[4]})
	}
	return all
}

// renamed gives columns of a file other names; of several that get one name the last.
func renamed(t *testing.T, data []byte, names map[string]string) []byte {
	t.Helper()
	taken := map[string]bool{}
	for _, column := range slices.Sorted(maps.Keys(names)) {
		if taken[names[column]] {
			delete(names, column)
			continue
		}
		taken[names[column]] = true
	}
	return connectortest.Refooted(t, data, func(m *format.FileMetaData) {
		for i := range m.Schema {
			if to := names[m.Schema[i].Name]; to != "" && m.Schema[i].Type.Valid {
				m.Schema[i].Name = to
			}
		}
		for _, g := range m.RowGroups {
			for i := range g.Columns {
				path := g.Columns[i].MetaData.PathInSchema
				if to := names[path[0]]; to != "" && len(path) == 1 {
					g.Columns[i].MetaData.PathInSchema = []string{to}
				}
			}
		}
	})
}
