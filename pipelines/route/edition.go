package route

import (
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// Edition is what all persons of an edition share.
type Edition struct {
	// Definitions are those that the edition is made with.
	Definitions definition.Set
	// CutOff is the day as of which everything is known.
	CutOff schemas.Date
	// GridEnd is the last reference day for which statuses are stated, see
	// GridEnd. Zero: there is none, and every grid is empty.
	GridEnd schemas.Date
	// Region gives the labour-market region of a municipality code of four
	// digits in the edition's geography, empty when it has none.
	Region func(municipality string) string
}

// GridEnd gives the last month end on or before both the cut-off and the work
// horizon; zero when there is no horizon (no delivery of UWV).
func GridEnd(cutOff, horizon schemas.Date) schemas.Date {
	if horizon == 0 {
		return 0
	}
	return (min(cutOff, horizon) + 1).Month().First() - 1
}
