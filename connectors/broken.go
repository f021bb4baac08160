package connectors

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"doorstroom/schemas"
)

// brokenRule is a rule and the field that breaks it, -1 for a record as a whole.
type brokenRule struct {
	field int
	rule  schemas.Rule
}

// brokenCount is how often a rule was broken, and in which form a value came that broke it.
type brokenCount struct {
	rows  uint64
	found string
}

// brokenRules count what the records of a file that are put aside break.
type brokenRules map[brokenRule]brokenCount

func (b brokenRules) add(v schemas.Violation) {
	key := brokenRule{v.Field, v.Rule}
	c := b[key]
	b[key] = brokenCount{c.rows + 1, cmp.Or(c.found, v.Found)}
}

func (b brokenRules) merge(o brokenRules) {
	for key, c := range o {
		b[key] = brokenCount{b[key].rows + c.rows, cmp.Or(b[key].found, c.found)}
	}
}

// mostBroken is how many rules a refusal names.
const mostBroken = 5

// words tell the rules that are broken most, how the values are written and what
// is expected; dates are the forms of a date in the file.
func (b brokenRules) words(record *schemas.Record, dates string) string {
	keys := slices.SortedFunc(maps.Keys(b), func(x, y brokenRule) int {
		return cmp.Or(cmp.Compare(b[y].rows, b[x].rows), cmp.Compare(x.field, y.field), cmp.Compare(x.rule, y.rule))
	})
	var said []string
	for _, key := range keys[:min(len(keys), mostBroken)] {
		word := string(key.rule)
		if key.field >= 0 {
			f := record.Fields[key.field]
			word = fmt.Sprintf("%s %s", f.Column, key.rule)
		}
		if word += fmt.Sprintf(" (%d", b[key].rows); b[key].found != "" {
			word += "; found: " + b[key].found
		}
		if expected := expectedOf(record, key, dates); expected != "" {
			word += "; expected: " + expected
		}
		said = append(said, word+")")
	}
	return strings.Join(said, ", ")
}

// expectedOf says what a field takes, where the rule's name does not.
func expectedOf(record *schemas.Record, broken brokenRule, dates string) string {
	switch broken.rule {
	case schemas.NotADate:
		return dates
	case schemas.CodeNotInList, schemas.TooLong, schemas.OutOfRange:
		return record.Fields[broken.field].Accepts()
	}
	return ""
}
