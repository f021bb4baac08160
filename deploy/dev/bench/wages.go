package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
)

// Rows of a file of wages, and of a row group in it.
const (
	fileRows  = 1_000_000
	groupRows = 250_000
)

// loadWages takes one delivery of wages through load.
func (o options) loadWages(ctx context.Context) (*step, error) {
	dir, err := o.folder("wages")
	if err != nil {
		return nil, err
	}
	landing, data := filepath.Join(dir, "landing"), filepath.Join(dir, "data")
	if err := o.mustBeEmpty(ctx, data); err != nil {
		return nil, err
	}
	if err := writeWages(landing, o.wages); err != nil {
		return nil, err
	}
	s := &step{Name: "load of wages"}
	if s.usage, _, err = o.measure(ctx, "run", "--only", "load", "--data", data, "--landing", landing, "--as-of", o.asOf); err != nil {
		return nil, err
	}
	s.Rows, err = o.number(ctx, data, "SELECT sum(rows_accepted) FROM ops.delivery FINAL WHERE supplier = 'uwv'")
	if err == nil && s.Rows != int64(o.wages) {
		err = fmt.Errorf("%d of %d wage rows were accepted", s.Rows, o.wages)
	}
	return s, errors.Join(err, o.clear(dir))
}

// writeWages writes one full delivery of UWV with that many wages, in files of fileRows.
func writeWages(landing string, rows int) error {
	folder := filepath.Join(landing, "uwv", "bench-wages")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the delivery of wages: %w", err)
	}
	var files []any
	for from := 0; from < rows; from += fileRows {
		file, err := writeWageFile(folder, from, min(from+fileRows, rows))
		if err != nil {
			return fmt.Errorf("write wages: %w", err)
		}
		files = append(files, file)
	}
	manifest, err := json.Marshal(map[string]any{
		"supplier": "uwv", "delivery_id": "bench-wages", "drawn_on": "2024-03-01", "covers_from": "2023-01-01", "covers_to": "2023-12-31",
		"mode": "full", "contract_version": "1.0", "key_version": 1, "files": files,
	})
	if err != nil {
		return fmt.Errorf("write the manifest of wages: %w", err)
	}
	return os.WriteFile(filepath.Join(folder, "manifest.json"), manifest, 0o600)
}

// writeWageFile writes wages from..to as zstd Parquet and gives the file's part of the manifest.
func writeWageFile(folder string, from, to int) (map[string]any, error) {
	name := fmt.Sprintf("wages-%03d.parquet", from/fileRows)
	out, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	defer out.Close()
	hash := sha256.New()
	w := parquet.NewGenericWriter[connectortest.Wage](io.MultiWriter(out, hash), parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(groupRows))
	total := int64(0)
	batch := make([]connectortest.Wage, 0, 10_000)
	for i := from; i < to; i++ {
		wage := connectortest.WageAt(i)
		total += *wage.Wage
		if batch = append(batch, wage); len(batch) == cap(batch) || i == to-1 {
			if _, err := w.Write(batch); err != nil {
				return nil, err
			}
			batch = batch[:0]
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	info, err := out.Stat()
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"name": name, "record": "uwv_employment", "format": "parquet", "bytes": info.Size(), "sha256": hex.EncodeToString(hash.Sum(nil)), "rows": to - from,
		"control_total": map[string]any{"column": "loon_sv", "sum": strconv.FormatInt(total, 10)},
	}, nil
}
