package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// program is the doorstroom binary with the folder of its engines. Settings of the environment reach it as they are,
// so the same calibration runs on servers.
type program struct {
	path, data string
}

// run does a command; it gives what the command printed. A refused delivery (exit code 4) is not a failure: some
// synthetic deliveries are bad on purpose.
func (p program) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, p.path, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	const refused = 4
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != refused {
		return nil, fmt.Errorf("doorstroom %s: %w", args[0], err)
	}
	return out.Bytes(), nil
}

// combine makes one query of all measures of the figures: the place in the list, numerator and denominator.
func combine(edition string, figures []*figure) (query string, shares map[int]bool, err error) {
	var parts []string
	shares = map[int]bool{}
	for i, f := range figures {
		if f.measure == "" {
			continue
		}
		m, err := readMeasure(f.measure)
		if err != nil {
			return "", nil, err
		}
		filled, err := m.fill(edition, f.parameters)
		if err != nil {
			return "", nil, fmt.Errorf("%s: measure %s: %w", f.key(), f.measure, err)
		}
		shares[i] = m.isShare
		parts = append(parts, fmt.Sprintf("SELECT %d, toFloat64(tupleElement(pair, 1)), toFloat64(tupleElement(pair, 2)) FROM (SELECT tuple(*) AS pair FROM (%s))", i, filled))
	}
	return strings.Join(parts, "\nUNION ALL\n"), shares, nil
}

// ask gives the results of the figures that have a measure, in their order.
func (p program) ask(ctx context.Context, edition string, figures []*figure) ([]*result, error) {
	query, shares, err := combine(edition, figures)
	if err != nil {
		return nil, err
	}
	out, err := p.run(ctx, "sql", "--data", p.data, "--format", "CSV", query)
	if err != nil {
		return nil, fmt.Errorf("ask the marts: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read what the marts gave: %w", err)
	}
	found := map[int]*result{}
	for _, row := range rows[1:] {
		var n [3]float64
		for i, text := range row {
			if n[i], err = strconv.ParseFloat(text, 64); err != nil {
				return nil, fmt.Errorf("read what the marts gave: %w", err)
			}
		}
		i := int(n[0])
		found[i] = &result{figure: figures[i], isShare: shares[i], numerator: n[1], denominator: n[2]}
	}
	var results []*result
	for i := range figures {
		if found[i] != nil {
			results = append(results, found[i])
		}
	}
	return results, nil
}

// definitions are those that an edition was made with.
func (p program) definitions(ctx context.Context, edition string) (string, error) {
	out, err := p.run(ctx, "sql", "--data", p.data, "--format", "CSV", "SELECT definition_version FROM ops.edition FINAL WHERE edition = '"+edition+"'")
	if err != nil {
		return "", fmt.Errorf("ask which definitions the edition was made with: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		return "", fmt.Errorf("read which definitions the edition was made with: %w", err)
	}
	if len(rows) != 2 {
		return "", fmt.Errorf("edition %s stands %d times in ops.edition, want once: calibrate without -reuse", edition, len(rows)-1)
	}
	return rows[1][0], nil
}
