package schemas

import "time"

// Date is a calendar day: days since 1899-12-31, so that 1900-01-01 is 1.
// The zero value is "no date". The contract's dates lie in 1970-2100.
type Date int32

const (
	// unixOffset is the Date of 1970-01-01.
	unixOffset = 25568
	// MinDate is 1970-01-01, the first day the contract allows.
	MinDate Date = unixOffset
	// MaxDate is 2100-12-31, the last day the contract allows.
	MaxDate Date = 73414
)

// DateOf gives the day y-m-d, which must exist; see ParseISO for input that may not.
func DateOf(y, m, d int) Date {
	return DateFromUnixDays(int32(daysFromCivil(y, m, d)))
}

// DateFromUnixDays turns days since 1970-01-01 (Avro, Parquet, ClickHouse) into a Date.
func DateFromUnixDays(days int32) Date { return Date(days + unixOffset) }

// UnixDays gives days since 1970-01-01. Do not call it on "no date".
func (d Date) UnixDays() int32 { return int32(d) - unixOffset }

// InRange tells whether the day lies in 1970-2100.
func (d Date) InRange() bool { return d >= MinDate && d <= MaxDate }

// YMD gives year, month and day.
func (d Date) YMD() (y, m, day int) { return civilFromDays(int(d) - unixOffset) }

// Year gives the calendar year.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Month gives the month's number since year 0: year*12 + month-1.
func (d Date) Month() Month { y, m, _ := d.YMD(); return Month(y*12 + m - 1) }

// String gives yyyy-mm-dd, and an empty string for "no date".
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return string(d.AppendISO(nil))
}

// AppendISO appends yyyy-mm-dd to dst.
func (d Date) AppendISO(dst []byte) []byte {
	y, m, day := d.YMD()
	return append(dst,
		byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d.UnixDays())*86400, 0).UTC() }

// DateFromTime gives the calendar day of t in t's own location.
func DateFromTime(t time.Time) Date { y, m, d := t.Date(); return DateOf(y, int(m), d) }

// ParseISO reads yyyy-mm-dd. It is false for another form or a day that does
// not exist; a day outside 1970-2100 parses, see InRange.
func ParseISO(s string) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, ok1 := digits(s[0:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 || !exists(y, m, d) {
		return 0, false
	}
	return dateOrMin(y, m, d), true
}

// dateOrMin never gives the zero Date for a day that exists: 1899-12-31 would
// collide with "no date", and any day below the range serves as well.
func dateOrMin(y, m, d int) Date {
	if date := DateOf(y, m, d); date != 0 {
		return date
	}
	return -1
}

// Month is a calendar month as year*12 + month-1.
type Month int32

// First gives the first day of the month.
func (m Month) First() Date { return DateOf(int(m)/12, int(m)%12+1, 1) }

// Last gives the last day of the month: the reference day of monthly statuses.
func (m Month) Last() Date { return (m + 1).First() - 1 }

func exists(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func digits[T ~string | ~[]byte](s T) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}

// daysFromCivil gives days since 1970-01-01 of a proleptic Gregorian day.
func daysFromCivil(y, m, d int) int {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	mp := (m + 9) % 12
	doy := (153*mp+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// civilFromDays is the inverse of daysFromCivil.
func civilFromDays(z int) (y, m, d int) {
	z += 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = (mp+2)%12 + 1
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
