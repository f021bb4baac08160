// Package calendar counts days and months as whole numbers, from 1900 to 2100, which is enough for the lives and deliveries of synthetic people and takes
// no calendar arithmetic for each date that is written.
package calendar

import "time"

// Day counts days since 1970-01-01 (UTC); 0 stands for "no date", a day that the model never uses.
type Day int32

// Month counts months since year 0: year*12 + month-1.
type Month int32

// DayOf is the day of a date.
func DayOf(year, mon, d int) Day {
	return Day(time.Date(year, time.Month(mon), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOfTime is the date of a moment where it is told.
func DayOfTime(t time.Time) Day { return DayOf(t.Year(), int(t.Month()), t.Day()) }

// MonthOf is a month of a year, from 1.
func MonthOf(year, mon int) Month { return Month(year*12 + mon - 1) }

// Year is the year that the month lies in.
func (m Month) Year() int { return int(m) / 12 }

// Number is the month within its year, from 1.
func (m Month) Number() int { return int(m)%12 + 1 }

// First is the first day of the month.
func (m Month) First() Day { return monthStarts[int(m)-monthBase*12] }

// Last is the last day of the month, the reference day.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// Month is the calendar month that d lies in; d lies between monthBase and monthTop.
func (d Day) Month() Month {
	m := Month(monthBase*12 + int(d-monthStarts[0])*12/366)
	for (m + 1).First() <= d {
		m++
	}
	return m
}

// Year is the year that the day lies in.
func (d Day) Year() int { return d.Month().Year() }

// Civil gives year, month and day of the month.
func (d Day) Civil() (int, int, int) {
	m := d.Month()
	return m.Year(), m.Number(), int(d-m.First()) + 1
}

// AddMonths goes n months on, to the same day of the month or its last day.
func (d Day) AddMonths(n int) Day {
	m := d.Month()
	to := m + Month(n)
	return min(to.First()+(d-m.First()), to.Last())
}

const (
	monthBase = 1900
	monthTop  = 2101
)

// monthStarts holds the first day of every month that a delivery can name, so that dates need no calendar arithmetic per row.
var monthStarts = func() []Day {
	starts := make([]Day, 0, (monthTop-monthBase)*12)
	for y := monthBase; y < monthTop; y++ {
		for m := 1; m <= 12; m++ {
			starts = append(starts, DayOf(y, m, 1))
		}
	}
	return starts
}()

// AppendISO writes jjjj-mm-dd.
func (d Day) AppendISO(b []byte) []byte {
	y, m, n := d.Civil()
	b = AppendPadded(b, y, 4)
	b = append(b, '-')
	b = AppendPadded(b, m, 2)
	b = append(b, '-')
	return AppendPadded(b, n, 2)
}

// ISO is the date as jjjj-mm-dd.
func (d Day) ISO() string { return string(d.AppendISO(nil)) }

// AppendPadded writes a number with zeros before it, to a width in digits.
func AppendPadded(b []byte, n, width int) []byte {
	div := 1
	for range width - 1 {
		div *= 10
	}
	for ; div > 0; div /= 10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}
