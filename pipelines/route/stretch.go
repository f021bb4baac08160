package route

import (
	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// stretch is a work spell or a job in the making: intervals added by start.
type stretch struct {
	start, end  schemas.Date
	hours       int64
	first, last *interval // main jobs on start and end
}

func startStretch(iv *interval, row *Employment) stretch {
	return stretch{start: iv.start, end: iv.end, hours: int64(row.HoursPaid), first: iv, last: iv}
}

// add takes in an interval that starts no earlier than those before it.
func (s *stretch) add(iv *interval, rows []Employment) {
	s.hours += int64(rows[iv.row].HoursPaid)
	if iv.start == s.start {
		s.first = mainJob(rows, s.first, iv)
	}
	switch {
	case iv.end > s.end:
		s.end, s.last = iv.end, iv
	case iv.end == s.end:
		s.last = mainJob(rows, s.last, iv)
	}
}

func (s *stretch) meanHoursWeek() weekly.Hundredths { return weekly.Of(s.hours, days(s.start, s.end)) }
