package speccase

import (
	"fmt"
	"strconv"
	"strings"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// The texts of a cell without a value. Absent stands in both kinds of tables,
// NULL only in facts.
const (
	absent = "-"
	null   = "NULL"
)

// field is a named place in a record, for reading and writing.
type field struct {
	name string
	at   any // *string, *schemas.Date, *int32, *int64 or *hundredths
}

// hundredths are hours with two decimals.
type hundredths int32

// set parses text into the field.
func (f field) set(text string) error {
	if text == absent {
		text = ""
	}
	ok := true
	switch at := f.at.(type) {
	case *string:
		*at = text
	case *schemas.Date:
		*at, ok = parseDate(text)
	case *int32:
		n, err := parseInt(text, 32)
		*at, ok = int32(n), err == nil
	case *int64:
		n, err := parseInt(text, 64)
		*at, ok = n, err == nil
	case *hundredths:
		h, err := parseHours(text)
		*at, ok = h, err == nil
	}
	if !ok {
		return fmt.Errorf("column %s: %q is not a value of it", f.name, text)
	}
	return nil
}

// text is the inverse of set.
func (f field) text() string {
	switch at := f.at.(type) {
	case *string:
		return orAbsent(*at)
	case *schemas.Date:
		return orAbsent(at.String())
	case *int32:
		return strconv.Itoa(int(*at))
	case *int64:
		return strconv.FormatInt(*at, 10)
	case *hundredths:
		return decimal(int64(*at))
	}
	panic("speccase: a field of an unknown type")
}

func parseDate(text string) (schemas.Date, bool) {
	if text == "" {
		return 0, true
	}
	return schemas.ParseISO(text)
}

func parseInt(text string, bits int) (int64, error) {
	if text == "" {
		return 0, nil
	}
	return strconv.ParseInt(text, 10, bits)
}

func parseHours(text string) (hundredths, error) {
	whole, part, _ := strings.Cut(text, ".")
	n, err := parseInt(whole+(part + "00")[:2], 32)
	return hundredths(n), err
}

func decimal[T ~int64](h T) string {
	sign := ""
	if h < 0 {
		sign, h = "-", -h
	}
	return fmt.Sprintf("%s%d.%02d", sign, h/100, h%100)
}

func orAbsent(text string) string {
	if text == "" {
		return absent
	}
	return text
}

func dateOrNull(d schemas.Date) string {
	if d == 0 {
		return null
	}
	return d.String()
}

func orNull[T ~uint8 | ~uint16 | ~int16](n T, given bool) string {
	if !given {
		return null
	}
	return strconv.Itoa(int(n))
}

func triText(t route.Tri) string {
	switch t {
	case route.True:
		return "true"
	case route.False:
		return "false"
	}
	return null
}
