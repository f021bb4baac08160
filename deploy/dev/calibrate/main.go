// Calibrate lays the published figures beside a synthetic national population.
//
// It makes the deliveries of a population, runs the main job on them with the program as a user runs it, asks the marts
// for every figure that they can give, and writes a page: published, ours, difference, or why there is nothing to
// compare; and whether the targets are met. mapping.csv says for every published figure which measure answers it
// (measures/) or the reason why none does; targets.csv has the tolerances.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := calibrate(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

// options are the arguments.
type options struct {
	persons, seed       int
	asOf, program, work string
	figures, page       string
	reuse               bool
}

func parse() options {
	var o options
	flag.IntVar(&o.persons, "persons", 300_000, "people in the population")
	flag.IntVar(&o.seed, "seed", 1, "another seed gives another population")
	flag.StringVar(&o.asOf, "as-of", "2026-06-30", "cut-off day of the edition")
	flag.StringVar(&o.program, "program", "bin/doorstroom", "the doorstroom binary")
	flag.StringVar(&o.work, "work", "bench-data/calibrate", "folder for deliveries and engines, made again")
	flag.StringVar(&o.figures, "figures", "connectors/synth/reference/published_figures.csv", "the published figures")
	flag.StringVar(&o.page, "page", "docs/calibration.md", "the page to write")
	flag.BoolVar(&o.reuse, "reuse", false, "ask the edition that an earlier calibration left in the folder")
	flag.Parse()
	return o
}

func calibrate(ctx context.Context) error {
	o := parse()
	file, err := os.Open(o.figures)
	if err != nil {
		return fmt.Errorf("open the published figures (run this from the top of the project): %w", err)
	}
	defer file.Close()
	figures, err := readFigures(file)
	if err != nil {
		return err
	}
	targets, err := readTargets()
	if err != nil {
		return err
	}
	p := program{path: o.program, data: filepath.Join(o.work, "data")}
	if !o.reuse {
		if err := build(ctx, p, o); err != nil {
			return err
		}
	}
	results, err := p.ask(ctx, o.asOf, figures)
	if err != nil {
		return err
	}
	definitions, err := p.definitions(ctx, o.asOf)
	if err != nil {
		return err
	}
	scale := setScale(results)
	page := compose(o, definitions, scale, figures, results, judgeAll(targets, results))
	if err := os.WriteFile(o.page, []byte(page), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	fmt.Println(o.page)
	return nil
}

// build makes the population's deliveries and its edition.
func build(ctx context.Context, p program, o options) error {
	if err := os.RemoveAll(o.work); err != nil {
		return fmt.Errorf("make the work folder again: %w", err)
	}
	landing := filepath.Join(o.work, "landing")
	if err := os.MkdirAll(o.work, 0o700); err != nil {
		return fmt.Errorf("make the work folder again: %w", err)
	}
	if _, err := p.run(ctx, "synth", "--out", landing, "--persons", strconv.Itoa(o.persons), "--seed", strconv.Itoa(o.seed), "--as-of", o.asOf); err != nil {
		return err
	}
	out, err := p.run(ctx, "run", "--data", p.data, "--landing", landing, "--as-of", o.asOf)
	fmt.Fprint(os.Stderr, string(out))
	return err
}

// setScale tells how many persons of the country one synthetic person stands for: permits published over those that the
// marts count, for the years of which all nationalities are published.
func setScale(results []*result) float64 {
	published, ours := 0.0, 0.0
	for _, r := range results {
		if r.metric == "verleende asielvergunningen" && r.group != "totaal" {
			published, ours = published+r.low, ours+r.numerator
		}
	}
	scale := 0.0
	if ours > 0 {
		scale = published / ours
	}
	for _, r := range results {
		r.scale = scale
	}
	return scale
}

// judgeAll gives the verdicts, the ones on order after the ones on distance.
func judgeAll(targets []target, results []*result) []verdict {
	var verdicts []verdict
	for _, t := range targets {
		verdicts = append(verdicts, judge(t, results))
	}
	return append(verdicts, judgeOrder(results), judgeCrossing(results))
}
