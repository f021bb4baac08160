package weekly_test

import (
	"testing"

	"doorstroom/pipelines/route/weekly"
)

// TestHoursAWeek holds hours a week against values by hand: hours times 7 over days, in hundredths, half away from zero.
func TestHoursAWeek(t *testing.T) {
	for _, c := range []struct {
		hours, days int64
		want        weekly.Hundredths
	}{
		{36, 7, 36_00}, {80, 28, 20_00}, {1, 14, 50}, {1, 32, 22}, // 21.875
		{1, 8, 88}, // 87.5
		{1, 36, 19}, {9_999_999, 1, 9_999_999_99},
	} {
		if got := weekly.Of(c.hours, c.days); got != c.want {
			t.Errorf("%d hours in %d days are %d hundredths a week, want %d", c.hours, c.days, got, c.want)
		}
	}
}

// TestSumRoundsOnce adds 87.5 hundredths three times: 262.5, not three times 88.
func TestSumRoundsOnce(t *testing.T) {
	var sum weekly.Sum
	for range 3 {
		sum.Add(1, 8)
	}
	if got := sum.Rounded(); got != 263 {
		t.Errorf("%d hundredths, want 263", got)
	}
}

// TestCompareIsExact tells weekly hours apart that are the same hundredth: 33 in 34 days are 6.7941, 32 in 33 days 6.7879.
func TestCompareIsExact(t *testing.T) {
	if weekly.Compare(33, 34, 32, 33) != 1 || weekly.Compare(32, 33, 33, 34) != -1 || weekly.Compare(4, 8, 7, 14) != 0 {
		t.Error("weekly hours compare as others than they are")
	}
}
