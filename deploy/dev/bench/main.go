// Bench measures the program as a user runs it, and writes docs/benchmarks.
//
// Per size of a synthetic population it runs synth, the three steps of the main job as commands of their own, and the
// whole run once more with nothing new. Then a delivery of wages only through load, and the benchmark of pipelines/edition
// on many wage rows. Of each it tells wall time, processor time, the most memory of every process, and how busy others
// kept the machine. With the settings for brokers and a ClickHouse the commands use those; their processes are not seen then.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the arguments.
type options struct {
	sizes            []int
	wages, facts     int
	asOf             string
	program          string
	work, out        string
	onServers, keeps bool
}

func parse() (options, error) {
	var o options
	sizes := flag.String("sizes", "10000,100000,300000", "persons of the populations, with commas; empty for none")
	flag.IntVar(&o.wages, "wages", 5_000_000, "rows of the delivery of wages; 0 leaves it out")
	flag.IntVar(&o.facts, "facts", 300_000, "persons of the benchmark of facts; 0 leaves it out")
	flag.StringVar(&o.asOf, "as-of", "2026-06-30", "cut-off day of the editions")
	flag.StringVar(&o.program, "program", "bin/doorstroom", "the doorstroom binary")
	flag.StringVar(&o.work, "work", "bench-data", "folder for deliveries and engines; what is measured there is made again and removed")
	flag.StringVar(&o.out, "out", "docs/benchmarks", "folder for results.md and results.json")
	flag.BoolVar(&o.keeps, "keep", false, "keep deliveries and engines")
	flag.Parse()
	o.onServers = os.Getenv("DOORSTROOM_CLICKHOUSE_ADDR") != "" || os.Getenv("DOORSTROOM_KAFKA_BROKERS") != ""
	for _, text := range strings.FieldsFunc(*sizes, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(text)
		if err != nil || n <= 0 {
			return o, fmt.Errorf("-sizes %q: give numbers of persons with commas", *sizes)
		}
		o.sizes = append(o.sizes, n)
	}
	if o.onServers && len(o.sizes)+min(o.wages, 1) > 1 {
		return o, errors.New("on servers one measurement fills the warehouse: give one size and -wages 0, or -sizes '' for the wages, and empty the warehouse between")
	}
	return o, nil
}

func bench(ctx context.Context) error {
	o, err := parse()
	if err != nil {
		return err
	}
	r := &results{Machine: describe(ctx), OnServers: o.onServers}
	for _, persons := range o.sizes {
		e, err := o.endToEnd(ctx, persons)
		if err != nil {
			return fmt.Errorf("%d persons: %w", persons, err)
		}
		r.EndToEnd = append(r.EndToEnd, e)
		if err := r.write(o.out); err != nil {
			return err
		}
	}
	if o.wages > 0 {
		if r.Wages, err = o.loadWages(ctx); err != nil {
			return fmt.Errorf("load of wages: %w", err)
		}
	}
	if o.facts > 0 {
		if r.Facts, err = o.buildFacts(ctx); err != nil {
			return fmt.Errorf("benchmark of facts: %w", err)
		}
	}
	return r.write(o.out)
}

// write writes both files of results.
func (r *results) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of results: %w", err)
	}
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	for name, data := range map[string][]byte{"results.json": append(raw, '\n'), "results.md": []byte(r.page())} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	return nil
}
