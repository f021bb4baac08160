package route_test

import (
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// TestHoursAreHeldAtTheLargestOfTheColumn takes more hours on one day than a
// Decimal(9,2) holds: one row of 9,999 hours in a day is 69,993 hours a week,
// so 142 of them are 9,939,006 and 143 are above 9,999,999.99. A row of 2 hours
// in two weeks adds one.
func TestHoursAreHeldAtTheLargestOfTheColumn(t *testing.T) {
	day := schemas.MinDate + 30 // 31 January 1970
	for name, c := range map[string]struct {
		rows  int
		mixed bool
		want  weekly.Hundredths
	}{
		"under it":              {142, false, 9_939_006_00},
		"above it":              {143, false, 9_999_999_99},
		"under it, two lengths": {142, true, 9_939_007_00},
		"above it, two lengths": {143, true, 9_999_999_99},
	} {
		t.Run(name, func(t *testing.T) {
			var p route.Person
			for range c.rows {
				p.Employments = append(p.Employments, wage(day, day, 9999))
			}
			if c.mixed {
				p.Employments = append(p.Employments, wage(day-13, day, 2))
			}
			facts := build(t, &p, &route.Edition{Definitions: definition.Published().Newest(), CutOff: day, GridEnd: day, Region: func(string) string { return "" }})
			if got := facts.Months[0].HoursWeek; got != c.want {
				t.Errorf("%d hundredths, want %d", got, c.want)
			}
		})
	}
}

func wage(start, end schemas.Date, hours int32) route.Employment {
	return route.Employment{PeriodStart: start, PeriodEnd: end, IKVStart: start, SrtIV: "15", HoursPaid: hours}
}
