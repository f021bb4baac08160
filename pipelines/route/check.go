package route

import (
	"fmt"

	"doorstroom/schemas"
)

func given(d schemas.Date) bool { return d.InRange() }

func optional(ds ...schemas.Date) bool {
	for _, d := range ds {
		if d != 0 && !d.InRange() {
			return false
		}
	}
	return true
}

func span(start, end schemas.Date) bool {
	return given(start) && (end == 0 || end.InRange() && end >= start)
}

func broken(record string) error {
	return fmt.Errorf("route: a %s row has a date outside 1970-2100, none where one is required, "+
		"or an end before its start, which no accepted delivery holds; load the deliveries again", record)
}

func tooLong(record string, most int) error {
	return fmt.Errorf("route: a %s row has a period of more than %d days, "+
		"which no accepted delivery holds; load the deliveries again", record, most)
}
