package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
)

// WriteCSV writes a table of a release as open data: a header, and a row for each cell. Who has the file can compute the hash
// that the ledger has of it.
func (t Table) WriteCSV(out io.Writer, release string) error {
	w := csv.NewWriter(out)
	header := append([]string{"release"}, t.Entry.Columns()...)
	if err := w.Write(append(header, "value", "denominator", "share", "status", "unit")); err != nil {
		return err
	}
	for _, row := range t.Rows {
		record := append([]string{release}, row.Values...)
		record = append(record, whole(row.Value), whole(row.Denominator), part(row.Share()), row.Status, t.Entry.Unit.NL)
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func part(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}

// hash is the SHA-256 of a table as CSV, in hex.
func (t Table) hash(release string) (string, error) {
	var text bytes.Buffer
	if err := t.WriteCSV(&text, release); err != nil {
		return "", fmt.Errorf("write table %s as CSV: %w", t.Entry.Name, err)
	}
	return digest(text.Bytes()), nil
}

// hash is the SHA-256 of true counts, in hex. The ledger, which has it, stays inside.
func (c *counted) hash() string {
	var text bytes.Buffer
	for _, row := range c.rows {
		fmt.Fprintf(&text, "%q %d\n", row.values, row.count)
	}
	for _, row := range c.without {
		fmt.Fprintf(&text, "%q %s\n", row.values, row.status)
	}
	return digest(text.Bytes())
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
