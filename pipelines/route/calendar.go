package route

import "doorstroom/schemas"

// days counts the days from start to end, both included.
func days(start, end schemas.Date) int64 { return int64(end-start) + 1 }

// covers tells whether d lies from start to end, both included; end 0 is open.
func covers(start, end, d schemas.Date) bool {
	return start <= d && (end == 0 || end >= d)
}

// referenceMonths gives the months whose last day lies from start to end, both
// included; there are none when to < from. An open end is the caller's to fill.
func referenceMonths(start, end schemas.Date) (from, to schemas.Month) {
	return start.Month(), (end + 1).Month() - 1
}

// joins tells whether what starts on next goes on with what ended on end, over
// a gap of so many days in between.
func joins(end, next schemas.Date, gap int) bool { return int(next-end)-1 <= gap }
