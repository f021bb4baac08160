package main

import (
	"fmt"
	"regexp"
	"strings"
)

// measure is a query on the marts that gives a numerator and a denominator; of a count the denominator is 0.
type measure struct {
	text    string // what it counts
	isShare bool
	query   string
}

var (
	placeholder = regexp.MustCompile(`\{(\w+)(:column)?\}`)
	plainValue  = regexp.MustCompile(`^[\w<+-]+$`)
)

// readMeasure reads measures/<name>.sql, whose first line is "-- share: ..." or "-- count: ...".
func readMeasure(name string) (measure, error) {
	text, err := tables.ReadFile("measures/" + name + ".sql")
	if err != nil {
		return measure{}, fmt.Errorf("measure %s: %w", name, err)
	}
	head, query, _ := strings.Cut(string(text), "\n")
	kind, meaning, ok := strings.Cut(strings.TrimPrefix(head, "-- "), ": ")
	if !ok || kind != "share" && kind != "count" {
		return measure{}, fmt.Errorf("measures/%s.sql: begin with '-- share: ...' or '-- count: ...'", name)
	}
	return measure{text: meaning, isShare: kind == "share", query: strings.TrimSpace(query)}, nil
}

// fill puts the values of a figure and the edition in the query; every parameter is used, and every place filled.
func (m measure) fill(edition string, parameters map[string]string) (string, error) {
	used := map[string]bool{}
	var bad error
	query := placeholder.ReplaceAllStringFunc(m.query, func(place string) string {
		parts := placeholder.FindStringSubmatch(place)
		name := parts[1]
		value := parameters[name]
		if name == "edition" {
			value = edition
		}
		used[name] = true
		list := strings.Split(value, "|")
		for i, v := range list {
			if !plainValue.MatchString(v) {
				bad = fmt.Errorf("parameter %s=%q: not given, or not a plain value", name, value)
			}
			list[i] = "'" + v + "'"
		}
		if parts[2] != "" { // part of a column's name
			return value
		}
		return strings.Join(list, ", ")
	})
	for name := range parameters {
		if !used[name] {
			return "", fmt.Errorf("parameter %s is not one of the measure", name)
		}
	}
	return query, bad
}
