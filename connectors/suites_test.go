package connectors_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
