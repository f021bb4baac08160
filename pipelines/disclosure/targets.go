package disclosure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"doorstroom/pipelines/disclosure/cells"
)

// open gives everything that must be wide enough and is not proven to be.
func (p *plan) open() []target {
	var targets []target
	for i := range p.Cells {
		if t := (target{i, cells.None}); p.hidden[i] && !p.done[t] {
			targets = append(targets, t)
		}
	}
	for _, d := range p.Differences {
		if t := (target{d.New, d.Old}); p.Threshold > 0 && !p.done[t] && p.mayTell(t) {
			targets = append(targets, t)
		}
	}
	slices.SortFunc(targets, func(a, b target) int {
		return cmp.Or(cmp.Compare(len(a.cells()), len(b.cells())), strings.Compare(p.name(a), p.name(b)))
	})
	return targets
}

// name is a text to sort targets by.
func (p *plan) name(t target) string {
	text := ""
	for _, i := range t.cells() {
		c := p.Cells[i]
		text += c.Release + "\x00" + c.Population + "\x00" + strings.Join(c.Values, "\x00") + "\x01"
	}
	return text
}

// mayTell tells whether a difference can be that of a small group, or look like one.
func (p *plan) mayTell(t target) bool {
	low, high := p.possible(t)
	return low < p.Threshold && high > -p.Threshold
}

// possible gives the least and the greatest that a difference can be.
func (p *plan) possible(t target) (low, high int64) {
	newLow, newHigh := known(p.Model, t.more)
	oldLow, oldHigh := known(p.Model, t.less)
	low, high = math.MinInt64, math.MaxInt64
	if oldHigh != math.MaxInt64 {
		low = newLow - oldHigh
	}
	if newHigh != math.MaxInt64 {
		high = newHigh - oldLow
	}
	return low, high
}

// mustBeWide tells whether the true size of a difference is 1..threshold-1 for sure.
func (p *plan) mustBeWide(t target) bool {
	low, high := p.possible(t)
	return low >= 1 && high < p.Threshold || high <= -1 && low > -p.Threshold
}

// tells reports whether a difference that is narrow tells about a small group:
// its true size can be 1..threshold-1, or the public must think so. Of two
// figures that were both published before only the second counts: nothing that
// is done now hides the first.
func (p *plan) tells(t target, r cells.Range) bool {
	if r.Telling(p.Threshold) {
		return true
	}
	if !p.Cells[t.more].Counted && !p.Cells[t.less].Counted {
		return false
	}
	low, high := p.possible(t)
	low, high = max(low, r.Low), min(high, r.High)
	return low < p.Threshold && high >= 1 || high > -p.Threshold && low <= -1
}
