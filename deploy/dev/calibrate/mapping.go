package main

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed mapping.csv targets.csv measures/*.sql
var tables embed.FS

// figure is a published figure with what lies beside it: a measure on the marts, or the reason why there is none.
type figure struct {
	metric, population, cohort, moment, group string
	// low and high are the published value; they differ where a range is published.
	low, high float64
	unit      string

	measure    string
	parameters map[string]string
	target     string
	reason     string
	note       string
}

// key names a published figure: its first five columns.
func (f *figure) key() string {
	return strings.Join([]string{f.metric, f.population, f.cohort, f.moment, f.group}, " / ")
}

// target is a demand on the figures that name it.
type target struct {
	name, meaning string
	tolerance     float64 // points
}

// readFigures joins the published figures with the mapping, in the order of the publication. Every published row has
// one row of the mapping and the other way round.
func readFigures(published io.Reader) ([]*figure, error) {
	rows, err := readCSV(published, 9)
	if err != nil {
		return nil, fmt.Errorf("read the published figures: %w", err)
	}
	mapped, err := readMapping()
	if err != nil {
		return nil, err
	}
	var figures []*figure
	for _, r := range rows {
		f := &figure{metric: r[0], population: r[1], cohort: r[2], moment: r[3], group: r[4], unit: r[6]}
		if f.low, f.high, err = parseRange(r[5]); err != nil {
			return nil, fmt.Errorf("published value of %s: %w", f.key(), err)
		}
		m, ok := mapped[f.key()]
		if !ok {
			return nil, fmt.Errorf("mapping.csv has no row for %s: add one with a measure or a reason", f.key())
		}
		delete(mapped, f.key())
		if err := f.apply(m); err != nil {
			return nil, fmt.Errorf("mapping.csv, %s: %w", f.key(), err)
		}
		figures = append(figures, f)
	}
	for key := range mapped {
		return nil, fmt.Errorf("mapping.csv has a row for %s, which is not published", key)
	}
	return figures, nil
}

// readMapping gives the rows of the mapping by the key of their figure.
func readMapping() (map[string][]string, error) {
	file, err := tables.Open("mapping.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := readCSV(file, 11)
	if err != nil {
		return nil, fmt.Errorf("read mapping.csv: %w", err)
	}
	mapped := map[string][]string{}
	for _, r := range rows {
		key := strings.Join(r[:5], " / ")
		if mapped[key] != nil {
			return nil, fmt.Errorf("mapping.csv has two rows for %s", key)
		}
		mapped[key] = r
	}
	return mapped, nil
}

// apply reads the columns measure, parameters, of, target, reason and note.
func (f *figure) apply(m []string) error {
	f.measure, f.target, f.reason, f.note = m[5], m[8], m[9], m[10]
	if (f.measure == "") == (f.reason == "") {
		return fmt.Errorf("give a measure or a reason, one of them")
	}
	f.parameters = map[string]string{}
	for _, p := range strings.Fields(m[6]) {
		name, value, ok := strings.Cut(p, "=")
		if !ok || f.parameters[name] != "" {
			return fmt.Errorf("parameter %q: write name=value, each name once", p)
		}
		f.parameters[name] = value
	}
	if m[7] == "" {
		return nil
	}
	// A count published together with the number that it is part of is a share.
	of, err := strconv.ParseFloat(m[7], 64)
	if err != nil {
		return fmt.Errorf("column of: %w", err)
	}
	f.low, f.high, f.unit = 100*f.low/of, 100*f.high/of, "%"
	return nil
}

// readTargets gives the targets in their order.
func readTargets() ([]target, error) {
	file, err := tables.Open("targets.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := readCSV(file, 3)
	if err != nil {
		return nil, fmt.Errorf("read targets.csv: %w", err)
	}
	var targets []target
	for _, r := range rows {
		tolerance, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return nil, fmt.Errorf("targets.csv, %s: %w", r[0], err)
		}
		targets = append(targets, target{name: r[0], tolerance: tolerance, meaning: r[2]})
	}
	return targets, nil
}

// readCSV gives the rows after the header.
func readCSV(r io.Reader, columns int) ([][]string, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = columns
	rows, err := in.ReadAll()
	if err != nil {
		return nil, err
	}
	return rows[1:], nil
}

// parseRange reads "57" or "40-50".
func parseRange(text string) (low, high float64, err error) {
	from, to, isRange := strings.Cut(text, "-")
	if low, err = strconv.ParseFloat(from, 64); err != nil || !isRange {
		return low, low, err
	}
	high, err = strconv.ParseFloat(to, 64)
	return low, high, err
}
