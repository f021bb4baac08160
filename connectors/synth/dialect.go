package synth

import (
	"strings"

	"doorstroom/connectors/synth/calendar"
)

// encoding of a municipal CSV file.
type encoding uint8

const (
	utf8Plain encoding = iota
	utf8BOM
	windows1252
)

// dialect is how one municipality (or group) writes its CSV files; real municipalities differ in all of this.
type dialect struct {
	encoding encoding
	dashed   bool // dates as dd-mm-jjjj, else jjjjmmdd
	crlf     bool
	gzip     bool
	upper    bool // header in capitals
	padded   bool // blanks after values
	turn     int  // columns start at this one
	extra    bool // columns that the contract does not know
}

// dialectOf gives a group of municipalities its dialect. Compressed files only occur where few groups deliver.
func dialectOf(group, groups int) dialect {
	return dialect{
		encoding: encoding(group % 3),
		dashed:   group%2 == 0,
		crlf:     group%5 < 2,
		gzip:     group%4 == 3 && groups <= mostGroups,
		upper:    group%7 == 4,
		padded:   group%6 == 5,
		turn:     group % 5,
		extra:    group%2 == 1 || group%3 == 2,
	}
}

// order lists the columns as this dialect writes them: -4 to -1 stand for record number, operation and the pseudonyms.
func (d *dialect) order(names []string) []int {
	list := make([]int, 0, len(names)+4)
	for i := range len(names) + 4 {
		list = append(list, (i+d.turn)%(len(names)+4)-4)
	}
	return list
}

var leadingNames = [...]string{"recordnummer", "mutatie", "pseudoniem_v", "pseudoniem_b"}

// header writes the header line.
func (d *dialect) header(names []string) []byte {
	var b []byte
	if d.encoding == utf8BOM {
		b = append(b, "\ufeff"...)
	}
	for i, c := range d.order(names) {
		if i > 0 {
			b = append(b, ';')
		}
		name := ""
		if c < 0 {
			name = leadingNames[c+4]
		} else {
			name = names[c]
		}
		if d.upper {
			name = strings.ToUpper(name)
		}
		b = append(b, name...)
	}
	if d.extra {
		b = append(b, ";toelichting;consulent"...)
	}
	return d.endLine(b)
}

func (d *dialect) endLine(b []byte) []byte {
	if d.crlf {
		b = append(b, '\r')
	}
	return append(b, '\n')
}

// remarks fill the columns that the contract does not know; some need quotes, some are not ASCII.
var remarks = [...]string{"", "ge\u00efntegreerd traject", "\"via \"\"het loket\"\"; zie dossier\"", "co\u00f6rdinatie wijkteam", "-"}

// appendExtra writes the unknown columns of a row.
func (d *dialect) appendExtra(b []byte, n int) []byte {
	b = append(b, ';')
	for _, r := range remarks[n%len(remarks)] {
		if d.encoding == windows1252 && r > 127 {
			b = append(b, byte(r)) // these letters have one code in Latin-1 and Windows-1252
			continue
		}
		b = append(b, string(r)...)
	}
	return append(b, ";team 3"...)
}

// appendValue writes one value of a row.
func (d *dialect) appendValue(b []byte, v *value) []byte {
	switch v.kind {
	case textual, shapeless:
		b = append(b, v.s...)
	case dated:
		b = d.appendDate(b, calendar.Day(v.n))
	case dayless, yearOnly:
		y, m, _ := calendar.Day(v.n).Civil()
		if v.kind == yearOnly {
			m = 0
		}
		b = calendar.AppendPadded(b, y*10000+m*100, 8)
	case whole:
		b = appendInt(b, v.n)
	case hundreds:
		b = appendHundredths(b, v.n, ',')
	}
	if d.padded {
		b = append(b, "  "...)
	}
	return b
}

func (d *dialect) appendDate(b []byte, at calendar.Day) []byte {
	y, m, n := at.Civil()
	if !d.dashed {
		return calendar.AppendPadded(b, y*10000+m*100+n, 8)
	}
	b = append(calendar.AppendPadded(b, n, 2), '-')
	b = append(calendar.AppendPadded(b, m, 2), '-')
	return calendar.AppendPadded(b, y, 4)
}
