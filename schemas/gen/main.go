// Command gen makes the generated parts of the contract from the Avro files:
// Go record types, columnar ClickHouse writers, raw-table DDL, dbt sources and
// the data dictionary. Run it with go generate ./schemas; with -check it writes
// nothing and fails when a generated file is stale.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	check := flag.Bool("check", false, "write nothing, fail when a file is stale")
	root := flag.String("root", "..", "the project's top folder, seen from the working folder")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		log.Fatal(err)
	}
}

// run makes every generated file below root.
func run(root string, check bool) error {
	records, err := readRecords(filepath.Join(root, "schemas", "avro"))
	if err != nil {
		return err
	}
	outputs := map[string]string{
		"schemas/records_gen.go":           recordList(records),
		"pipelines/load/columns_gen.go":    columnWriters(records),
		"schemas/migrations/00002_raw.sql": rawTables(records),
		"dbt/models/sources/raw.yml":       dbtSources(records),
		"docs/data_dictionary.md":          dictionary(records),
	}
	for _, r := range records {
		outputs["schemas/"+r.Name+"_gen.go"] = recordType(r)
	}
	own, err := bySupplier(root, records)
	if err != nil {
		return err
	}
	maps.Copy(outputs, own)
	for name, text := range outputs {
		if err := put(filepath.Join(root, name), text, check); err != nil {
			return err
		}
	}
	return nil
}

func put(path, text string, check bool) error {
	data := []byte(text)
	if strings.HasSuffix(path, ".go") {
		formatted, err := format.Source(data)
		if err != nil {
			return fmt.Errorf("format %s: %w\n%s", path, err, text)
		}
		data = formatted
	}
	old, err := os.ReadFile(path)
	if err == nil && bytes.Equal(old, data) {
		return nil
	}
	if check {
		return fmt.Errorf("%s is stale: run go generate ./schemas", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	return os.WriteFile(path, data, 0o644)
}
