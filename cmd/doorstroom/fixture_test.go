package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"doorstroom/connectors/connectortest"
)

// fields are values by Dutch column name: raw JSON for json and jsonl, the text
// between the separators for csv, plain text for parquet. A value that is
// empty leaves the field out.
type fields map[string]string

// delivery is what a supplier hands over.
type landed struct {
	supplier, id, mode, drawnOn string
	codes                       []string
	files                       []dataFile
	// change spoils the manifest, after it became right.
	change func(manifest map[string]any)
	// raw is the manifest in place of one that is made.
	raw []byte
}

// dataFile is a file of a delivery with what the manifest says of it.
type dataFile struct {
	name, record, format string
	content              []byte
	rows                 int
	column, sum          string // control total
	// absent are its columns_absent; nil is every column that may be, empty is none.
	absent []string
}

// columnsAbsent is what the manifest says of the file's columns.
func (f dataFile) columnsAbsent() []string {
	if strings.HasPrefix(f.format, "json") || f.absent != nil {
		return f.absent
	}
	return connectortest.Optional(f.record)
}

// write puts the delivery into a landing folder, the manifest last.
func (d landed) write(t *testing.T, landing string) {
	t.Helper()
	dir := filepath.Join(landing, d.supplier, d.id)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range d.files {
		if f.content == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, f.name), f.content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := d.raw
	if text == nil {
		text = d.manifest(t)
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (d landed) manifest(t *testing.T) []byte {
	t.Helper()
	m := map[string]any{
		"supplier": d.supplier, "delivery_id": d.id, "drawn_on": d.drawn(), "covers_from": "2020-01-01", "covers_to": "2025-12-31",
		"mode": "full", "contract_version": "1.0", "key_version": 1, "files": d.listed(),
	}
	if d.mode != "" {
		m["mode"] = d.mode
	}
	if d.codes != nil {
		m["municipality_codes"] = d.codes
	}
	if d.change != nil {
		d.change(m)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (d landed) drawn() string {
	if d.drawnOn == "" {
		return "2026-01-31"
	}
	return d.drawnOn
}

func (d landed) listed() []any {
	var files []any
	for _, f := range d.files {
		sum := sha256.Sum256(f.content)
		entry := map[string]any{"name": f.name, "record": f.record, "format": f.format, "bytes": len(f.content), "sha256": hex.EncodeToString(sum[:]), "rows": f.rows}
		if f.column != "" {
			entry["control_total"] = map[string]any{"column": f.column, "sum": f.sum}
		}
		if absent := f.columnsAbsent(); len(absent) > 0 {
			entry["columns_absent"] = absent
		}
		files = append(files, entry)
	}
	return files
}

// listedFile is the entry of a file in a manifest that is being spoiled.
func listedFile(manifest map[string]any, at int) map[string]any {
	return manifest["files"].([]any)[at].(map[string]any)
}

// pseudonym gives the n-th pseudonym of a kind: 26 characters, the last one of aeimquy4.
func pseudonym(kind byte, n int) string {
	text := []byte("sentinelxaaaaaaaaaaaaaaaaa")
	text[8] = kind
	for i := 24; n > 0; i-- {
		text[i] = byte('a' + n%26)
		n /= 26
	}
	return string(text)
}

// recordID gives the n-th record id.
func recordID(n int) string { return fmt.Sprintf("SENTINEL-%d", n) }

// jsonObject writes fields as one JSON object; the field "" is a whole line of its own.
func jsonObject(f fields) string {
	if raw, ok := f[""]; ok {
		return raw
	}
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(f)) {
		if f[key] != "" {
			parts = append(parts, fmt.Sprintf("%q:%s", key, f[key]))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func jsonLines(records []fields) []byte {
	lines := []byte{}
	for _, f := range records {
		lines = append(lines, jsonObject(f)+"\n"...)
	}
	return lines
}

// jsonPage writes one page of items; total counts those of the whole extract.
func jsonPage(records []fields, total int) []byte {
	items := make([]string, 0, len(records))
	for _, f := range records {
		items = append(items, jsonObject(f))
	}
	return fmt.Appendf(nil, `{"items":[%s],"total":%d,"next":null}`, strings.Join(items, ",\n"), total)
}

// csvText writes a header and records; the field "" is a whole line of its own.
func csvText(columns []string, records []fields) []byte {
	lines := []string{strings.Join(columns, ";")}
	for _, f := range records {
		lines = append(lines, csvLine(columns, f))
	}
	return []byte(strings.Join(lines, "\r\n") + "\r\n")
}

func csvLine(columns []string, f fields) string {
	if raw, ok := f[""]; ok {
		return raw
	}
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = f[strings.ToLower(c)]
	}
	return strings.Join(values, ";")
}

func gzipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}
