package schemas

import "bytes"

// What a value looks like that is not of its type is told in general terms:
// enough to find the fault in a program that writes it, nothing of the value.

// dateForm tells how a text is written that is not a date.
func dateForm(b []byte) string {
	digits, letters := countForm(b)
	switch {
	case bytes.IndexByte(b, '/') >= 0:
		return "with slashes"
	case bytes.IndexByte(b, ':') >= 0:
		return "with a time of day"
	case letters > 0:
		return "with letters"
	case bytes.IndexByte(b, '.') >= 0:
		return "with points"
	case digits == len(b) && digits == 8:
		return "eight digits that are not a day as jjjjmmdd, or not allowed in this format"
	case digits == len(b) && digits == 5:
		return "five digits, the count of days of a spreadsheet"
	case digits == len(b):
		return "another number of digits than eight"
	case bytes.ContainsAny(b, " \t"):
		return "with blanks in it"
	case len(b) == 10 && digits == 8 && b[2] == '-' && b[5] == '-':
		return "day or month first, and not a day that exists, or not allowed in this format"
	case len(b) == 10 && digits == 8:
		return "a day that does not exist"
	case bytes.IndexByte(b, '-') >= 0:
		return "with too few or too many digits of day, month or year"
	}
	return ""
}

// numberForm tells how a text is written that is not a number of the contract.
func numberForm(b []byte) string {
	_, letters := countForm(b)
	switch {
	case bytes.EqualFold(b, []byte("nan")):
		return "NaN"
	case letters == 1 && bytes.ContainsAny(b, "eE"):
		return "with an exponent"
	case letters > 0:
		return "with letters"
	case bytes.ContainsAny(b, " \t"):
		return "with blanks in it"
	case bytes.ContainsAny(b, ".,"):
		return "with a decimal sign or one between thousands"
	case bytes.ContainsAny(b, "+-"):
		return "with a sign that does not belong there"
	}
	return ""
}

func countForm(b []byte) (digits, letters int) {
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= 0x80:
			letters++
		}
	}
	return digits, letters
}
