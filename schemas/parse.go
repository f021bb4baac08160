package schemas

import "math"

// parseInt reads -?digits. Digits that no int64 holds are a number out of range.
func parseInt(b []byte) (int64, Rule) {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 {
		return 0, NotANumber
	}
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	var v uint64
	overflow := false
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, NotANumber
		}
		d := uint64(c - '0')
		overflow = overflow || v > (limit-d)/10
		if !overflow {
			v = v*10 + d
		}
	}
	switch {
	case overflow:
		return 0, OutOfRange
	case negative:
		return int64(-v), ""
	}
	return int64(v), ""
}

// parseHundredths reads -?digits, then at most one comma or point with one or
// two digits, as hundredths.
func parseHundredths(b []byte) (int64, Rule) {
	whole, frac := b, []byte(nil)
	for i, c := range b {
		if c == ',' || c == '.' {
			whole, frac = b[:i], b[i+1:]
			if len(frac) == 0 || len(frac) > 2 {
				return 0, NotANumber
			}
			break
		}
	}
	cents := 0
	if frac != nil {
		n, ok := digits(frac)
		if !ok {
			return 0, NotANumber
		}
		if cents = n; len(frac) == 1 {
			cents *= 10
		}
	}
	v, rule := parseInt(whole)
	if rule != "" {
		return 0, rule
	}
	if v > math.MaxInt64/1000 || v < math.MinInt64/1000 {
		return 0, OutOfRange
	}
	if whole[0] == '-' {
		return v*100 - int64(cents), ""
	}
	return v*100 + int64(cents), ""
}

// parseDate reads yyyy-mm-dd, and in CSV also dd-mm-yyyy and yyyymmdd.
func parseDate(b []byte, syntax Syntax) (Date, bool) {
	var y, m, d int
	var ok1, ok2, ok3 bool
	switch {
	case len(b) == 10 && b[4] == '-' && b[7] == '-':
		y, ok1 = digits(b[0:4])
		m, ok2 = digits(b[5:7])
		d, ok3 = digits(b[8:10])
	case syntax == SyntaxCSV && len(b) == 10 && b[2] == '-' && b[5] == '-':
		d, ok1 = digits(b[0:2])
		m, ok2 = digits(b[3:5])
		y, ok3 = digits(b[6:10])
	case syntax == SyntaxCSV && len(b) == 8:
		y, ok1 = digits(b[0:4])
		m, ok2 = digits(b[4:6])
		d, ok3 = digits(b[6:8])
	}
	if !ok1 || !ok2 || !ok3 || !exists(y, m, d) {
		return 0, false
	}
	return dateOrMin(y, m, d), true
}

// parsePartDate reads yyyy0000 and yyyymm00 as the first day they may mean.
func parsePartDate(b []byte) (Date, bool) {
	if len(b) != 8 || b[6] != '0' || b[7] != '0' {
		return 0, false
	}
	y, ok1 := digits(b[0:4])
	m, ok2 := digits(b[4:6])
	if !ok1 || !ok2 || m > 12 {
		return 0, false
	}
	return dateOrMin(y, max(m, 1), 1), true
}
