package synth

import (
	"strconv"

	"doorstroom/connectors/synth/calendar"
)

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

// appendHundredths writes n/100 with two decimals.
func appendHundredths(b []byte, n int64, point byte) []byte {
	b = appendInt(b, n/100)
	b = append(b, point)
	return calendar.AppendPadded(b, int(n%100), 2)
}

// recordID is the supplier's number of a record: a letter per record, the person in base 36, the number within the person.
func appendRecordID(b []byte, r *record, person int) []byte {
	b = append(b, "spkrvbizoemdt"[r.kind])
	b = strconv.AppendInt(b, int64(person), 36)
	b = append(b, '-')
	return appendInt(b, int64(r.number))
}

// row is one record version on its way into a file.
type row struct {
	id     []byte
	op     byte // 0 in full deliveries
	v      *version
	names  pseudonyms
	person int
}

// appendJSON writes the row as one JSON object. All values are plain ASCII without characters that JSON escapes.
func (r *row) appendJSON(b []byte, names []string) []byte {
	b = append(b, `{"recordnummer":"`...)
	b = append(b, r.id...)
	b = append(b, '"')
	if r.op != 0 {
		b = append(b, `,"mutatie":"`...)
		b = append(b, r.op, '"')
	}
	if r.op == 'V' {
		return append(b, '}')
	}
	if r.v.v != 0 {
		b = append(b, `,"pseudoniem_v":"`...)
		b = append(r.names.appendTo(b, kindV, r.v.v), '"')
	}
	if r.v.b != 0 {
		b = append(b, `,"pseudoniem_b":"`...)
		b = append(r.names.appendTo(b, kindB, r.v.b), '"')
	}
	for i, name := range names {
		v := &r.v.fields[i]
		if v.kind == absent {
			continue
		}
		b = append(b, ',', '"')
		b = append(b, name...)
		b = append(b, '"', ':')
		switch v.kind {
		case whole:
			b = appendInt(b, v.n)
		case hundreds:
			b = appendHundredths(b, v.n, '.')
		case dated, dayless, yearOnly:
			b = append(b, '"')
			b = append(calendar.Day(v.n).AppendISO(b), '"')
		default:
			b = append(b, '"')
			b = append(b, v.s...)
			b = append(b, '"')
		}
	}
	return append(b, '}')
}

// appendCSV writes the row as one line in a municipality's dialect, with the columns in the order that it has for them.
func (r *row) appendCSV(b []byte, d *dialect, order []int, names []string) []byte {
	for i, c := range order {
		if i > 0 {
			b = append(b, ';')
		}
		switch {
		case c == -4:
			b = append(b, r.id...)
		case c == -3:
			if r.op != 0 {
				b = append(b, r.op)
			}
		case r.op == 'V' && names[max(c, 0)] != "gemeentecode":
		case c == -2:
			if r.v.v != 0 {
				b = r.names.appendTo(b, kindV, r.v.v)
			}
		case c == -1:
			if r.v.b != 0 {
				b = r.names.appendTo(b, kindB, r.v.b)
			}
		default:
			b = d.appendValue(b, &r.v.fields[c])
		}
	}
	if d.extra {
		b = d.appendExtra(b, r.person)
	}
	return d.endLine(b)
}
