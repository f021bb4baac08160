package audit

import (
	"math"

	"doorstroom/pipelines/disclosure/cells"
)

// endless is the high end of a span that nothing limits.
const endless = math.MaxInt64

// span is the least and the greatest whole number that a variable may be.
type span struct{ low, high int64 }

func (s span) fixed() bool { return s.low == s.high }

// knowledge gives what the public knows of each cell by itself.
func knowledge(v *cells.View) []span {
	spans := make([]span, len(v.Cells))
	for i := range v.Cells {
		if v.Shown[i] {
			spans[i] = figure(v.Rules, v.Figure[i])
		} else {
			spans[i] = withheld(v.Rules)
		}
	}
	return spans
}

// figure gives the counts that a published figure stands for: those that round
// to it and that may be published, 0 or at least the threshold. When none of
// them may, the figure was published by another rule, and it stands for all.
func figure(r cells.Rules, figure int64) span {
	low, high, _ := r.Rounded(figure)
	switch {
	case r.Threshold == 0 || low >= r.Threshold:
		return span{low, high}
	case low == 0:
		return span{0, 0} // the threshold exceeds half the base: all others that round to 0 are below it
	case high >= r.Threshold:
		return span{r.Threshold, high}
	}
	return span{low, high}
}

func withheld(r cells.Rules) span {
	if r.PrimaryOnly {
		return span{0, r.Threshold - 1}
	}
	return span{0, endless}
}

func (s span) holds(x int64) bool { return s.low <= x && x <= s.high }

func (s span) clamp(x int64) int64 { return max(s.low, min(s.high, x)) }
