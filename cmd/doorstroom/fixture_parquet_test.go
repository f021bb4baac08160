package main

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// parquetTypes are the types that a supplier may give a column.
var parquetTypes = map[string]func() parquet.Node{
	"text":    parquet.String,
	"binary":  func() parquet.Node { return parquet.Leaf(parquet.ByteArrayType) },
	"date":    parquet.Date,
	"int32":   func() parquet.Node { return parquet.Leaf(parquet.Int32Type) },
	"int64":   func() parquet.Node { return parquet.Leaf(parquet.Int64Type) },
	"decimal": func() parquet.Node { return parquet.Decimal(2, 5, parquet.Int32Type) },
	"double":  func() parquet.Node { return parquet.Leaf(parquet.DoubleType) },
}

// parquetColumn is a column and its type, a key of parquetTypes.
type parquetColumn struct{ name, kind string }

// parquetFile writes records in row groups of at most groupRows rows.
func parquetFile(t *testing.T, columns []parquetColumn, records []fields, codec compress.Codec, groupRows int) []byte {
	t.Helper()
	group := parquet.Group{}
	for _, c := range columns {
		group[c.name] = parquet.Optional(parquetTypes[c.kind]())
	}
	var out bytes.Buffer
	w := parquet.NewWriter(&out, parquet.NewSchema("records", group), parquet.Compression(codec))
	sorted := slices.Clone(columns)
	slices.SortFunc(sorted, func(a, b parquetColumn) int { return bytes.Compare([]byte(a.name), []byte(b.name)) })
	for i, record := range records {
		if i > 0 && i%groupRows == 0 {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		row := make(parquet.Row, len(sorted))
		for at, c := range sorted {
			row[at] = parquetValue(t, c.kind, record[c.name], at)
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parquetValue makes a value out of its text; an empty text is a null.
func parquetValue(t *testing.T, kind, text string, column int) parquet.Value {
	t.Helper()
	if text == "" {
		return parquet.NullValue().Level(0, 0, column)
	}
	var v parquet.Value
	switch kind {
	case "text", "binary":
		v = parquet.ByteArrayValue([]byte(text))
	case "date":
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		v = parquet.Int32Value(int32(day.Unix() / 86400))
	case "int32", "int64":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		v = parquet.Int64Value(n)
		if kind == "int32" {
			v = parquet.Int32Value(int32(n))
		}
	case "decimal", "double":
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		v = parquet.DoubleValue(f)
		if kind == "decimal" {
			v = parquet.Int32Value(int32(math.Round(f * 100)))
		}
	}
	return v.Level(0, 1, column)
}
