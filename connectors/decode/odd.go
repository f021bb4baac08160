package decode

import (
	"fmt"
	"regexp"

	"doorstroom/schemas"
)

// oddity is a way in which a row is none that a person meant as a record.
type oddity uint8

const (
	onlySeparators oddity = iota
	ctrlZ
	queryFooter
	fieldCount
	noObject
	oddities
)

// oddityTexts say what rows are and what to do with them.
var oddityTexts = [oddities]string{
	onlySeparators: "separators only, as a spreadsheet writes empty rows; leave them out",
	ctrlZ:          "Ctrl-Z (1A) only, an old mark of the end of a file; leave it out",
	queryFooter:    `a count of rows, such as "rows selected.", that the query tool adds; turn its feedback off`,
	fieldCount:     "more or fewer fields than the header",
	noObject:       "not a JSON object, or one that is too long, too deep or has a key twice",
}

// oddRows counts odd rows of a file, and keeps where the first and the last of each kind are.
type oddRows [oddities]struct{ n, first, last int64 }

func (o *oddRows) add(kind oddity, row int64) {
	k := &o[kind]
	if k.n++; k.n == 1 {
		k.first = row
	}
	k.last = row
}

// remarks tell of the odd rows of each kind.
func (o *oddRows) remarks() (said []string) {
	for kind, k := range o {
		switch text := oddityTexts[kind]; {
		case k.n == 1:
			said = append(said, fmt.Sprintf("record %d: %s", k.first, text))
		case k.n > 1:
			said = append(said, fmt.Sprintf("%d records from %d to %d: %s", k.n, k.first, k.last, text))
		}
	}
	return said
}

// footer is what query tools write behind the rows.
var footer = regexp.MustCompile(`(?i)^\(?\d+ (rows?|records?|rij(en)?|regels?|lines?)( (is|are|were|zijn))? ?(selected|affected|returned|fetched|exported|geselecteerd|opgehaald)?\)?\.?$`)

// oddCSV tells how the record just read is odd, if it is.
func (r *csvReader) oddCSV(rule schemas.Rule) (oddity, bool) {
	switch {
	case !r.scan.content && r.scan.count > 1:
		return onlySeparators, true
	case rule != schemas.WrongFieldCount:
		return 0, false
	case r.scan.count > 1 || len(r.scan.fields) == 0:
		return fieldCount, true
	}
	f := r.scan.fields[0]
	text := r.scan.text[f.start:f.end]
	switch {
	case string(text) == "\x1a":
		return ctrlZ, true
	case len(text) < 80 && footer.Match(text):
		return queryFooter, true
	}
	return fieldCount, true
}
