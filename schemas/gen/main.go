// Command gen makes the generated parts of the contract from the Avro files:
// Go record types, columnar ClickHouse writers, the data dictionary,
// and the next migration when the raw tables that the landed ones give are not
// those that the files ask for, or when a table of more_facts.csv is not there yet. Run it with go generate ./schemas; with -check it
// writes nothing and fails when a generated file is stale.
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
	"slices"
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
	contract, more, err := factFiles(root)
	if err != nil {
		return err
	}
	outputs, err := migrations(filepath.Join(root, "schemas", "migrations"), records, contract, more)
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"dbt/models/staging/_facts__sources.yml": factsSource(slices.Concat(contract, more)),
		"schemas/records_gen.go":                 recordList(records),
		"pipelines/load/columns_gen.go":          columnWriters(records),
		"pipelines/delivery/later_gen.go":        laterColumns(records),
		"docs/data_dictionary.md":                dictionary(records),
	} {
		outputs[name] = text
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

// migrations are the files of schemas/migrations that are to be written: the list of checksums, and the next migration
// if one is needed. It tells the fields what their columns are, which the other outputs go by.
func migrations(dir string, records []*record, facts, moreFacts []factColumn) (map[string]string, error) {
	landed, err := readMigrations(dir)
	if err != nil {
		return nil, err
	}
	tables, err := landedTables(landed)
	if err != nil {
		return nil, err
	}
	markLanded(records, tables)
	change, err := difference(records, tables)
	if err != nil {
		return nil, err
	}
	outputs := make(map[string]string)
	missing, err := missingFacts(moreFacts, landed)
	if err != nil {
		return nil, err
	}
	for _, next := range []struct {
		name, from string
		steps
	}{{"raw", "schemas/avro", change}, {"more_facts", "schemas/more_facts.csv", missing},
		{"views_of_facts", "the columns of facts", missingViews(slices.Concat(facts, moreFacts), landed)}} {
		if len(next.up) == 0 {
			continue
		}
		number, err := nextNumber(landed)
		if err != nil {
			return nil, err
		}
		file := migration{fmt.Sprintf("%05d_%s.sql", number, next.name), next.text(next.from)}
		landed = append(landed, file)
		outputs["schemas/migrations/"+file.name] = file.text
	}
	old, err := os.ReadFile(filepath.Join(dir, "landed.sha256"))
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("read the list of landed migrations: %w", err)
	}
	outputs["schemas/migrations/landed.sha256"], err = landedList(string(old), landed)
	return outputs, err
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
