package reference

import (
	"time"

	"doorstroom/schemas"
)

type day = schemas.Date

// none is the day that is not given.
const none day = 0

// isReference tells whether d is the last day of its month.
func isReference(d day) bool { return (d + 1).Time().Day() == 1 }

// referenceOf gives the last day of the month that lies n months after that of d.
func referenceOf(d day, n int) day {
	t := d.Time()
	return schemas.DateFromTime(time.Date(t.Year(), t.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC))
}

func firstOfMonth(d day) day {
	t := d.Time()
	return schemas.DateFromTime(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
}

// holds tells whether something from start to end (inclusive, none is open) holds on d.
func holds(start, end, d day) bool {
	return d >= start && (end == none || d <= end)
}

// gridEnd is the last month that ended on or before both the cut-off and the
// work horizon.
func gridEnd(cutOff, horizon day) day {
	if horizon == none {
		return none
	}
	for d := min(cutOff, horizon); d > none; d-- {
		if isReference(d) {
			return d
		}
	}
	return none
}
