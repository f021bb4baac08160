package connectors_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors"
	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestHolders finds a pseudonym in every form in which a file may hold it, and in no other file.
func TestHolders(t *testing.T) {
	const text = "abcdefghijklmnopqrstuvwxya"
	wanted, ok := schemas.ParsePseudonym([]byte(text))
	if !ok {
		t.Fatal("no pseudonym")
	}
	packed := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		return b.String()
	}
	var escaped strings.Builder
	for i, c := range []byte(text) {
		if i%2 == 0 {
			escaped.WriteString(`\u00` + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
		} else {
			escaped.WriteByte(c)
		}
	}
	wage := func(v string) string {
		w := connectortest.WageAt(1)
		w.V = &v
		return string(connectortest.Parquet(t, []connectortest.Wage{connectortest.WageAt(0), w}, 1, &parquet.Zstd))
	}
	far := strings.Repeat("x", 256<<10-10) // so that it lies over the end of a chunk
	other := "bbcdefghijklmnopqrstuvwxya"
	files := map[string]string{
		"coa/one/stay.jsonl":            `{"pseudoniem_v":"` + text + `"}`,
		"coa/one/escaped.jsonl":         `{"pseudoniem_v":"` + escaped.String() + `"}`,
		"coa/one/other.jsonl":           `{"pseudoniem_v":"` + other + `"}`,
		"coa/one/half.jsonl":            text[:25],
		"coa/one/far.jsonl":             far + text,
		"coa/one/far-escaped.jsonl":     far + escaped.String(),
		"coa/one/stay.jsonl.gz":         packed(far+text) + packed("{}"),
		"coa/one/member.jsonl.gz":       packed("{}") + packed(text),
		"coa/one/other.jsonl.gz":        packed(other),
		"coa/one/cut.jsonl.gz":          packed(far + other)[:200],
		"coa/.two.part/.part-one.csv":   text + ";;",
		"coa/no-manifest/deep/a.csv":    strings.ToUpper(text),
		"coa/loose.csv":                 text,
		"uwv/w/held.parquet":            wage(text),
		"uwv/w/other.parquet":           wage(other),
		"uwv/w/cut.parquet":             wage(other)[:100],
		"elsewhere/one/not-looked-at.x": text,
	}
	landing := t.TempDir()
	for name, content := range files {
		path := filepath.Join(landing, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]bool{ // whether it is unclear
		"coa/one/stay.jsonl": false, "coa/one/escaped.jsonl": false, "coa/one/far.jsonl": false, "coa/one/far-escaped.jsonl": false,
		"coa/one/stay.jsonl.gz": false, "coa/one/member.jsonl.gz": false, "coa/one/cut.jsonl.gz": true,
		"coa/.two.part/.part-one.csv": false, "coa/no-manifest/deep/a.csv": false, "coa/loose.csv": false,
		"uwv/w/held.parquet": false, "uwv/w/cut.parquet": true,
	}
	found, err := connectors.Holders(t.Context(), landing, []schemas.Pseudonym{wanted})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found {
		name := strings.TrimSuffix(h.Supplier+"/"+h.Folder+"/"+h.File, "/")
		unclear, ok := want[name]
		if !ok || unclear != h.Unclear || h.Copy {
			t.Errorf("not expected: %+v", h)
		}
		delete(want, name)
		if err := connectors.Remove(landing, h); err == nil {
			t.Errorf("%s was removed, although it is the supplier's", name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
