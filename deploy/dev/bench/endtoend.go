package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"doorstroom/schemas"
)

// endToEnd runs the main job on a population of that many persons, step by step.
func (o options) endToEnd(ctx context.Context, persons int) (*endToEnd, error) {
	dir, err := o.folder(strconv.Itoa(persons))
	if err != nil {
		return nil, err
	}
	landing, data := filepath.Join(dir, "landing"), filepath.Join(dir, "data")
	if err := o.mustBeEmpty(ctx, data); err != nil {
		return nil, err
	}
	e := &endToEnd{Persons: persons}
	run := []string{"run", "--data", data, "--landing", landing, "--as-of", o.asOf}
	for _, c := range []struct {
		name string
		rows string // a query
		args []string
	}{
		{"synth", "", []string{"synth", "--out", landing, "--persons", strconv.Itoa(persons), "--seed", "1", "--as-of", o.asOf}},
		{"load", "SELECT sum(rows_in_files) FROM ops.delivery FINAL", append(run, "--only", "load")},
		{"facts", "SELECT " + factRows, append(run, "--only", "facts")},
		{"marts", "SELECT sum(total_rows) FROM system.tables WHERE database = 'marts'", append(run, "--only", "marts")},
		{"again, nothing new", "", run},
	} {
		s := &step{Name: c.name}
		if s.usage, _, err = o.measure(ctx, c.args...); err != nil {
			return nil, err
		}
		if c.rows != "" {
			if s.Rows, err = o.number(ctx, data, c.rows); err != nil {
				return nil, err
			}
		}
		e.Steps = append(e.Steps, s)
	}
	e.Steps[0].Rows = e.Steps[1].Rows // what synth wrote is what load read
	people, err := o.number(ctx, data, "SELECT count() FROM facts.person WHERE edition = '"+o.asOf+"'")
	if err != nil {
		return nil, err
	}
	e.People = int(people)
	e.Deliveries, e.Kafka, e.ClickHouse = sizeOf(landing), sizeOf(filepath.Join(data, "kafka")), sizeOf(filepath.Join(data, "clickhouse"))
	return e, o.clear(dir)
}

// factRows counts the rows of all tables of facts.
var factRows = func() string {
	var parts []string
	for _, table := range schemas.FactTables {
		parts = append(parts, "(SELECT count() FROM facts."+table.Name+")")
	}
	return strings.Join(parts, " + ")
}()

// folder makes a folder of a measurement again.
func (o options) folder(name string) (string, error) {
	dir := filepath.Join(o.work, name)
	if err := os.RemoveAll(dir); err != nil {
		return "", fmt.Errorf("make the work folder again: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the work folder again: %w", err)
	}
	return dir, nil
}

// clear removes what a measurement has left, unless asked to keep it.
func (o options) clear(dir string) error {
	if o.keeps {
		return nil
	}
	return os.RemoveAll(dir)
}

// mustBeEmpty refuses a warehouse of servers in which deliveries stand: they would be measured too.
func (o options) mustBeEmpty(ctx context.Context, data string) error {
	if !o.onServers {
		return nil
	}
	n, err := o.number(ctx, data, "SELECT count() FROM ops.delivery")
	if err == nil && n > 0 {
		err = errors.New("the warehouse holds deliveries: measure on an empty one")
	}
	return err
}

// number is the single number that a query on the warehouse gives.
func (o options) number(ctx context.Context, data, query string) (int64, error) {
	_, out, err := o.measure(ctx, "sql", "--data", data, "--format", "CSV", query)
	if err != nil {
		return 0, err
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 {
		return 0, fmt.Errorf("read the answer to %q: %d lines, %w", query, len(rows), err)
	}
	return strconv.ParseInt(rows[1][0], 10, 64)
}

// sizeOf is the bytes of all files below a folder, 0 where it is not there.
func sizeOf(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error { // what cannot be read has no size
		if err != nil || !entry.Type().IsRegular() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	return bytes
}
