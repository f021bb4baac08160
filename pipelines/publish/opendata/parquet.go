package opendata

import (
	"bytes"
	"fmt"
	"io"

	reader "github.com/parquet-go/parquet-go"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/writer"

	"doorstroom/pipelines/publish"
)

// Types of columns in the notation of xitongsys/parquet-go. It counts nulls wrongly in its statistics, which strict readers
// trust, so there are none.
const (
	textColumn   = "type=BYTE_ARRAY, convertedtype=UTF8, repetitiontype=OPTIONAL, omitstats=true"
	wholeColumn  = "type=INT64, repetitiontype=OPTIONAL, omitstats=true"
	doubleColumn = "type=DOUBLE, repetitiontype=OPTIONAL, omitstats=true"
)

// parquet writes a table, reads it back with another library and compares every value before the file counts.
func (w *files) parquet(t publish.Table) error {
	rows := w.rows(t)
	content, err := encode(names(t), rows)
	if err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	if err := compare(content, rows); err != nil {
		return fmt.Errorf("read the Parquet file back: %w", err)
	}
	return w.file(t.Entry.Name+".parquet", content)
}

// names gives the columns of a table in the order of the CSV file.
func names(t publish.Table) []string {
	return append(append([]string{"release"}, t.Entry.Columns()...), "value", "denominator", "share", "status", "unit")
}

// rows gives the values in the order of names: string, int64, float64 or nil.
func (w *files) rows(t publish.Table) [][]any {
	rows := make([][]any, len(t.Rows))
	for i, r := range t.Rows {
		row := []any{w.release.Release}
		for _, v := range r.Values {
			row = append(row, v)
		}
		rows[i] = append(row, or(r.Value), or(r.Denominator), or(r.Share()), r.Status, t.Entry.Unit.NL)
	}
	return rows
}

func or[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func encode(names []string, rows [][]any) ([]byte, error) {
	tags := make([]string, len(names))
	for i, n := range names {
		kind := textColumn
		switch n {
		case "value", "denominator":
			kind = wholeColumn
		case "share":
			kind = doubleColumn
		}
		tags[i] = "name=" + n + ", " + kind
	}
	var out bytes.Buffer
	w, err := writer.NewCSVWriterFromWriter(tags, &out, 1)
	if err != nil {
		return nil, err
	}
	w.CompressionType = parquet.CompressionCodec_ZSTD
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	if err := w.WriteStop(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// compare holds a file against what was to be written.
func compare(content []byte, rows [][]any) error {
	file, err := reader.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	r := reader.NewReader(file)
	defer r.Close()
	buffer := make([]reader.Row, 1)
	for i, want := range rows {
		n, err := r.ReadRows(buffer)
		if n != 1 {
			return fmt.Errorf("it has %d rows, %d were written (%w)", i, len(rows), err)
		}
		for c, v := range buffer[0] {
			if got := value(v); got != want[c] {
				return fmt.Errorf("row %d, column %d came back otherwise than it was written", i+1, c+1)
			}
		}
	}
	if n, err := r.ReadRows(buffer); n != 0 || err != io.EOF {
		return fmt.Errorf("it has more than the %d rows that were written (%w)", len(rows), err)
	}
	return nil
}

func value(v reader.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == reader.Int64:
		return v.Int64()
	case v.Kind() == reader.Double:
		return v.Double()
	}
	return string(v.ByteArray())
}
