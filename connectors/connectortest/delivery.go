package connectortest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"doorstroom/schemas"
)

// Delivery is a delivery made by hand. What is left empty is filled in so that
// the manifest is in order.
type Delivery struct {
	Supplier, ID   string
	DrawnOn, Mode  string
	Municipalities []string
	Files          []File
	// Change, if set, has the last word on the manifest before it is written.
	Change func(manifest map[string]any)
	// Raw, if set, is written in place of the manifest.
	Raw []byte
}

// File is a file of a Delivery.
type File struct {
	Name, Record, Format string
	Data                 []byte
	Rows                 int
	// Control is column and sum, empty for none.
	Control [2]string
	// Absent are its columns_absent; nil is every column that may be, which asks
	// of a file no more columns than a record must have. Empty is none.
	Absent []string
	// Leave leaves the file itself out.
	Leave bool
}

// absent is what the manifest says in columns_absent.
func (f File) absent() []string {
	if strings.HasPrefix(f.Format, "json") || f.Absent != nil {
		return f.Absent
	}
	return Optional(f.Record)
}

// Optional are the columns of a record that a file may lack when its manifest says so.
func Optional(record string) (columns []string) {
	r := schemas.RecordOf(record)
	for i := 0; r != nil && i < len(r.Fields); i++ {
		if r.Optional(i) {
			columns = append(columns, r.Fields[i].Column)
		}
	}
	return columns
}

// Write puts the delivery below the landing folder, the manifest last.
func (d Delivery) Write(t testing.TB, landing string) {
	t.Helper()
	folder := filepath.Join(landing, d.Supplier, d.ID)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	files := []any{}
	for _, f := range d.Files {
		if !f.Leave {
			WriteFile(t, filepath.Join(folder, f.Name), f.Data)
		}
		sum := sha256.Sum256(f.Data)
		m := map[string]any{"name": f.Name, "record": f.Record, "format": f.Format, "bytes": len(f.Data), "sha256": hex.EncodeToString(sum[:]), "rows": f.Rows}
		if f.Control[0] != "" {
			m["control_total"] = map[string]any{"column": f.Control[0], "sum": f.Control[1]}
		}
		if absent := f.absent(); len(absent) > 0 {
			m["columns_absent"] = absent
		}
		files = append(files, m)
	}
	m := map[string]any{
		"supplier": d.Supplier, "delivery_id": d.ID, "drawn_on": or(d.DrawnOn, "2024-03-01"), "covers_from": "2023-01-01", "covers_to": "2024-02-29",
		"mode": or(d.Mode, "full"), "contract_version": "1.0", "key_version": 1, "files": files,
	}
	if d.Municipalities != nil {
		m["municipality_codes"] = d.Municipalities
	}
	if d.Change != nil {
		d.Change(m)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if d.Raw != nil {
		data = d.Raw
	}
	WriteFile(t, filepath.Join(folder, "manifest.json"), data)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// WriteFile writes a file or fails the test.
func WriteFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Gzip compresses data as one member.
func Gzip(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
