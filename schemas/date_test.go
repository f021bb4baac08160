package schemas_test

import (
	"testing"
	"time"

	"doorstroom/schemas"
)

// TestDatesAreThoseOfTheCalendar compares every day of 1970-2100 with Go's own calendar.
func TestDatesAreThoseOfTheCalendar(t *testing.T) {
	day := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := schemas.MinDate; d <= schemas.MaxDate; d++ {
		text := day.Format(time.DateOnly)
		parsed, ok := schemas.ParseISO(text)
		if !ok || parsed != d || d.String() != text || !d.Time().Equal(day) || !d.InRange() {
			t.Fatalf("%s: parsed %d %v, day %d is %s", text, parsed, ok, d, d)
		}
		if last := day.AddDate(0, 1, -day.Day()).Format(time.DateOnly); d.Month().Last().String() != last {
			t.Fatalf("%s: the month ends on %s, not %s", text, d.Month().Last(), last)
		}
		day = day.AddDate(0, 0, 1)
	}
	if day.Format(time.DateOnly) != "2101-01-01" {
		t.Errorf("the last day is not 2100-12-31 but the day before %s", day)
	}
}

// TestDaysThatDoNotExist holds the forms and days that are no date.
func TestDaysThatDoNotExist(t *testing.T) {
	for _, text := range []string{"2023-02-29", "1900-02-29", "2023-00-01", "2023-13-01", "2023-04-31", "2023-4-1", "2023-04-1x", "23-04-01", "2023/04/01", "2023-04-01T", ""} {
		if d, ok := schemas.ParseISO(text); ok {
			t.Errorf("%q is taken for %s", text, d)
		}
	}
	for _, text := range []string{"2000-02-29", "2024-02-29"} {
		if _, ok := schemas.ParseISO(text); !ok {
			t.Errorf("%q is not taken", text)
		}
	}
	for _, text := range []string{"1899-12-31", "1900-01-01", "1969-12-31", "2101-01-01"} {
		if d, ok := schemas.ParseISO(text); !ok || d == 0 || d.InRange() {
			t.Errorf("%s is %d %v: it exists, is out of range and is not the absent date", text, d, ok)
		}
	}
}
