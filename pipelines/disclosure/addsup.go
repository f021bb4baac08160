package disclosure

import (
	"math"

	"doorstroom/pipelines/disclosure/cells"
)

// addsUp holds true counts, and what was published before, against every sum
// and every pair of populations.
func addsUp(m *cells.Model) error {
	for _, s := range m.Sums {
		low, high := int64(0), int64(0)
		for _, part := range s.Parts {
			l, h := known(m, part)
			low, high = low+l, plus(high, h)
		}
		if l, h := known(m, s.Total); h < low || high < l {
			return m.Refuse("", s.Total, "is not the sum of its parts; correct the counts, or give rows to the categories that are missing")
		}
	}
	for _, d := range m.Differences {
		_, outer := known(m, d.New)
		if inner, _ := known(m, d.Old); d.Within && inner > outer {
			return m.Refuse("", d.Old, "counts more people than the population that it is within; correct the counts, or within")
		}
	}
	return nil
}

// known gives the least and the greatest that the count of a cell can be for
// whoever has the true counts of the tables that are to be decided.
func known(m *cells.Model, cell int) (low, high int64) {
	c := m.Cells[cell]
	switch {
	case c.Counted:
		return c.Count, c.Count
	case c.Before == cells.Published:
		low, high, _ = m.Rounded(c.Figure)
		return low, high
	}
	return 0, math.MaxInt64
}

func plus(x, y int64) int64 {
	if x == math.MaxInt64 || y == math.MaxInt64 {
		return math.MaxInt64
	}
	return x + y
}
