// Package input reads what users give: days, pseudonyms and questions. What names a person is never taken from the command
// line, which others can see and shells remember.
package input

import (
	"fmt"
	"time"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// Today is the default of every cut-off.
func Today() string { return time.Now().Format(time.DateOnly) }

// Day reads a day given to a flag.
func Day(flag, text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, exit.Usage(fmt.Errorf("%s %q: give a day as 2026-06-30", flag, text))
	}
	// A day that the warehouse cannot hold would stand there as another one.
	if day.Year() < 1970 || day.Year() > 2100 {
		return day, exit.Usage(fmt.Errorf("%s %q: give a day in 1970-2100, as the dates of the contract are", flag, text))
	}
	return day, nil
}
