package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstroom/schemas"
)

// contractField is a row of contract/records.csv.
type contractField struct{ record, name, column, kind, required, values, note string }

// contractFields reads the fields of every record, in the order of the contract.
func contractFields(t *testing.T) map[string][]contractField {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "schemas", "contract", "records.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]contractField{}
	for _, l := range lines[1:] {
		all[l[0]] = append(all[l[0]], contractField{l[0], l[1], l[2], l[3], l[4], l[5], l[6]})
	}
	return all
}

// edgeDays are the days at which calendars, types and editions turn.
var edgeDays = []string{
	"1970-01-01", "1970-01-02", "1970-01-31", "1970-02-01", "1972-02-29", "1999-12-31", "2000-01-01", "2000-02-29", "2021-12-31", "2022-01-01",
	"2024-02-29", "2026-05-31", "2026-06-01", "2026-06-29", "2026-06-30", "2026-07-01", "2038-01-19", "2099-12-31", "2100-02-28", "2100-12-30", "2100-12-31",
}

// edges draws values that the contract allows, most of them its first and last ones.
type edges struct {
	*rand.Rand
	days  []string       // drawn for this person, to draw the same and those near them
	turns map[string]int // of each code list, so that every code has its turn
}

func (e *edges) chance(percent int) bool { return e.IntN(100) < percent }

func pick[T any](e *edges, of ...T) T { return of[e.IntN(len(of))] }

// day is an edge, one of the years in which most things happen, any day, or one about a day drawn before.
func (e *edges) day() string {
	var day string
	switch n := e.IntN(10); {
	case n < 3:
		day = pick(e, edgeDays...)
	case n < 6 && len(e.days) > 0:
		day = e.after(pick(e, e.days...), pick(e, -33, -32, -31, -1, 0, 1, 31, 32, 33, 366))
	case n < 9:
		day = e.after("2013-12-15", e.IntN(13*365))
	default:
		day = e.after("1970-01-01", e.IntN(131*365))
	}
	e.days = append(e.days, day)
	return day
}

// after is so many days later, within the range of the contract.
func (e *edges) after(day string, days int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return min(max(at.AddDate(0, 0, days).Format(time.DateOnly), "1970-01-01"), "2100-12-31")
}

// needs tells whether a field must be there, given those before it.
func (f contractField) needs(given fields) bool {
	condition, conditional := strings.CutPrefix(f.required, "if ")
	if !conditional {
		return f.required == "yes" || f.required == "always"
	}
	other, codes, listed := strings.Cut(condition, " is ")
	if !listed {
		return given[other] != ""
	}
	if low, high, isRange := strings.Cut(codes, ".."); isRange {
		return low <= given[other] && given[other] <= high
	}
	return slices.Contains(strings.Split(codes, "|"), given[other])
}

// value draws one for a field; pseudonyms and ids are not for it.
func (e *edges) value(f contractField) string {
	record := schemas.RecordOf(f.record)
	if field := record.Fields[record.FieldOf(f.column)]; field.List != nil {
		var codes []string
		field.List.Each(func(_ schemas.Code, text string) { codes = append(codes, text) })
		e.turns[f.record+f.name]++
		return codes[e.turns[f.record+f.name]%len(codes)]
	}
	switch f.kind {
	case "date", "inexact_date":
		return e.day()
	case "year":
		return pick(e, "1900", "1901", "1905", "1906", "1961", "1962", "1970", "1990", "2006", "2008", "2026", strconv.Itoa(1900+e.IntN(127)))
	case "int64":
		return pick(e, strconv.Itoa(math.MaxInt64), strconv.Itoa(math.MinInt64), "0", "-1", "1", "250000")
	case "int32", "hours":
		low, high := f.limits()
		return strconv.Itoa(min(max(pick(e, low, high, 0, 1, 19, 20, 160), low), high))
	case "text":
		return strings.Repeat(pick(e, "x", "€", "'", "\\", "\t", "=", "𝟙"), pick(e, 1, f.longest()))
	}
	return map[string]string{"isced_field": pick(e, "0000", "9999"), "country_code": pick(e, "AA", "ZZ")}[f.name]
}

func (f contractField) limits() (low, high int) {
	if _, err := fmt.Sscanf(f.values, "%d..%d", &low, &high); err != nil {
		panic(fmt.Sprintf("%s.%s has no range: %v", f.record, f.name, err))
	}
	return low, high
}

// longest is how many characters the note of a text allows.
func (f contractField) longest() (n int) {
	_, after, _ := strings.Cut(f.note, "at most ")
	if _, err := fmt.Sscanf(after, "%d characters", &n); err != nil {
		panic(fmt.Sprintf("%s.%s has no length: %v", f.record, f.name, err))
	}
	return n
}
