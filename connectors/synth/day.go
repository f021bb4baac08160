package synth

import "time"

// day counts days since 1970-01-01 (UTC); 0 stands for "no date", a day that the model never uses.
type day int32

// month counts months since year 0: year*12 + month-1.
type month int32

func dayOf(year, mon, d int) day {
	return day(time.Date(year, time.Month(mon), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dayOfTime(t time.Time) day { return dayOf(t.Year(), int(t.Month()), t.Day()) }

func monthOf(year, mon int) month { return month(year*12 + mon - 1) }

func (m month) year() int { return int(m) / 12 }

func (m month) number() int { return int(m)%12 + 1 }

// first is the first day of the month.
func (m month) first() day { return monthStarts[int(m)-monthBase*12] }

// last is the last day of the month, the reference day.
func (m month) last() day { return (m + 1).first() - 1 }

// month is the calendar month that d lies in; d lies between monthBase and monthTop.
func (d day) month() month {
	m := month(monthBase*12 + int(d-monthStarts[0])*12/366)
	for (m + 1).first() <= d {
		m++
	}
	return m
}

func (d day) year() int { return d.month().year() }

// civil gives year, month and day of the month.
func (d day) civil() (int, int, int) {
	m := d.month()
	return m.year(), m.number(), int(d-m.first()) + 1
}

// addMonths goes n months on, to the same day of the month or its last day.
func (d day) addMonths(n int) day {
	m := d.month()
	to := m + month(n)
	return min(to.first()+(d-m.first()), to.last())
}

const (
	monthBase = 1900
	monthTop  = 2101
)

// monthStarts holds the first day of every month that a delivery can name, so that dates need no calendar arithmetic per row.
var monthStarts = func() []day {
	starts := make([]day, 0, (monthTop-monthBase)*12)
	for y := monthBase; y < monthTop; y++ {
		for m := 1; m <= 12; m++ {
			starts = append(starts, dayOf(y, m, 1))
		}
	}
	return starts
}()

// appendISO writes jjjj-mm-dd.
func (d day) appendISO(b []byte) []byte {
	y, m, n := d.civil()
	b = appendPadded(b, y, 4)
	b = append(b, '-')
	b = appendPadded(b, m, 2)
	b = append(b, '-')
	return appendPadded(b, n, 2)
}

func (d day) iso() string { return string(d.appendISO(nil)) }

func appendPadded(b []byte, n, width int) []byte {
	div := 1
	for range width - 1 {
		div *= 10
	}
	for ; div > 0; div /= 10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}
