// Package wording says in sentences what the program found: to suppliers what is expected of them, by rule and reason, and
// to operators what a run came to.
package wording

import (
	"cmp"
	"fmt"
	"strings"

	"doorstroom/schemas"
)

// ruleTexts say for each rule what is expected instead, for those who correct a
// delivery. `check` and the replies of `quarantine --reply` use the same words.
var ruleTexts = map[schemas.Rule]string{
	schemas.BadEncoding:               "text in UTF-8 (a municipal CSV may be Windows-1252 as a whole), without NUL characters",
	schemas.BadJSON:                   "one JSON object on a line, of at most 1 MiB and 1,000 deep, in which no key comes twice; a text between quotes where the contract says text",
	schemas.WrongFieldCount:           "as many fields as the header has columns; a separator within a value stands between quotes",
	schemas.Missing:                   "a value: this field is required here",
	schemas.BadID:                     "a record number of 1 to 40 letters, digits, points, hyphens or underscores, without blanks",
	schemas.BadOperation:              "in a mutation T, W or V; in a full delivery no operation at all",
	schemas.BadPseudonym:              "26 characters a-z and 2-7 as the pseudonymisation tool writes them, the last one of a, e, i, m, q, u, y, 4",
	schemas.NotADate:                  "a date that exists, written jjjj-mm-dd; in CSV also dd-mm-jjjj or jjjjmmdd, without a time; in Parquet a DATE, or a TIMESTAMP at midnight",
	schemas.NotANumber:                "a number in the form of the contract: digits only; hours with at most two decimals",
	schemas.CodeNotInList:             "a code that is in the contract's list for this field",
	schemas.TooLong:                   "a shorter text: at most the length that the contract gives for this field",
	schemas.DateOutOfRange:            "a date from 1970 to 2100; leave an unknown one out instead of a stand-in such as 1900-01-01",
	schemas.OutOfRange:                "a value within the range that the contract gives for this field" + longestPeriods(),
	schemas.EndBeforeStart:            "an end on or after the start",
	schemas.MunicipalityNotInManifest: "a municipality code that the manifest names in municipality_codes",
	schemas.NoPseudonym:               "a pseudonym of the V-nummer, of the BSN, or both",
}

// RowCounts says how rows are counted, wherever their numbers are listed.
const RowCounts = "row is the n-th record of the file, from 1; a header and blank lines are not counted"

// Column gives a field as its supplier knows it: by the name of its column. It is empty for what concerns a whole record.
func Column(record, field string) string {
	if f := fieldOf(record, field); f != nil {
		return f.Column
	}
	return ""
}

// expected says what belongs in a field that breaks a rule: the codes, length or range, where the rule is about these.
func expected(record, field string, rule schemas.Rule) string {
	f := fieldOf(record, field)
	if f == nil {
		return ruleTexts[rule]
	}
	switch rule {
	case schemas.CodeNotInList, schemas.TooLong, schemas.OutOfRange:
		return cmp.Or(f.Accepts(), ruleTexts[rule])
	}
	return ruleTexts[rule]
}

// Expectations remember what is expected, so that a million entries share their texts.
type Expectations map[expectation]string

type expectation struct {
	record, field string
	rule          schemas.Rule
}

// Of says what belongs in a field that breaks a rule.
func (e Expectations) Of(record, field string, rule schemas.Rule) string {
	key := expectation{record, field, rule}
	text, ok := e[key]
	if !ok {
		text = expected(record, field, rule)
		e[key] = text
	}
	return text
}

func fieldOf(record, field string) *schemas.Field {
	r := schemas.RecordOf(record)
	if r == nil {
		return nil
	}
	for i := range r.Fields {
		if r.Fields[i].Name == field {
			return &r.Fields[i]
		}
	}
	return nil
}

// longestPeriods are the bounds that records have on their periods.
func longestPeriods() string {
	var b strings.Builder
	for _, r := range schemas.Records {
		if r.MaxPeriodDays > 0 {
			fmt.Fprintf(&b, "; %s is at most %d days", r.PeriodName, r.MaxPeriodDays)
		}
	}
	return b.String()
}
