package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// grains says in words what one row of each fact table is; the contract's table lists columns only.
var grains = map[string]string{
	"person":         "People of an edition. One row per edition and person.",
	"milestone":      "The earliest date of each kind of event in a person's route. One row per edition, person and kind.",
	"month_status":   "What held for a person on the last day of each month of the grid. One row per edition, person and month.",
	"work_spell":     "Uninterrupted stretches of paid work. One row per edition, person and spell.",
	"job":            "Stretches of work at one employer. One row per edition, person, employer and job.",
	"bijstand_spell": "Uninterrupted stretches of bijstand under the Participatiewet. One row per edition, person and spell.",
	"link_conflict":  "Pseudonyms of sets that cannot be one person. One row per edition and pseudonym of such a set.",
}

// Render turns the contract's fact columns (CSV with table, column, type, definition) into a dbt source file for
// database facts. A table without a known grain is an error, so a new table cannot slip in undescribed.
func Render(contract io.Reader) ([]byte, error) {
	rows, err := csv.NewReader(contract).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the contract's columns: %w", err)
	}
	var out bytes.Buffer
	out.WriteString("# Written by gensources from schemas/contract/facts.csv; run go generate ./dbt after a change there.\n" +
		"sources:\n  - name: facts\n    schema: facts\n" +
		"    description: Facts of every edition that stands, made by the workers of doorstroom.\n    tables:\n")
	table := ""
	for _, row := range rows[1:] {
		if row[0] != table {
			table = row[0]
			grain, known := grains[table]
			if !known {
				return nil, fmt.Errorf("table %s has no grain: add it to gensources/render.go", table)
			}
			fmt.Fprintf(&out, "      - name: %s\n        description: %s\n        columns:\n", table, strconv.Quote(grain))
		}
		fmt.Fprintf(&out, "          - name: %s\n            data_type: %s\n", row[1], row[2])
		if row[3] != "" {
			fmt.Fprintf(&out, "            description: %s\n", strconv.Quote(row[3]))
		}
	}
	return out.Bytes(), nil
}
