package audit

import (
	"doorstroom/pipelines/disclosure/cells"
)

// quantity is a cell or a difference as a sum of objectives, each over a
// program of its own, and of variables that nothing ties.
type quantity struct {
	objectives []objective
	apart      span // what the variables outside of the programs add up to
	bottomless bool // and whether nothing limits it downwards
}

type objective struct {
	program int
	terms   []term
}

// quantity writes a cell, or what one cell is more than another, over the programs.
func (a *attack) quantity(more, less int) quantity {
	var q quantity
	q.take(a.places[more], a.system.spans[more], 1)
	if less != cells.None {
		q.take(a.places[less], a.system.spans[less], -1)
	}
	return q
}

func (q *quantity) take(at place, s span, sign int8) {
	switch {
	case at.program >= 0 && len(q.objectives) > 0 && q.objectives[0].program == at.program:
		q.objectives[0].terms = append(q.objectives[0].terms, term{at.local, sign})
	case at.program >= 0:
		q.objectives = append(q.objectives, objective{at.program, []term{{at.local, sign}}})
	case sign > 0:
		q.apart = span{q.apart.low + s.low, plus(q.apart.high, s.high)}
	default:
		q.bottomless = q.bottomless || s.high == endless
		if s.high != endless {
			q.apart.low -= s.high
		}
		q.apart.high = plus(q.apart.high, -s.low)
	}
}

func plus(x, y int64) int64 {
	if x == endless || y == endless {
		return endless
	}
	return x + y
}

// alone is the range of what nothing ties.
func (q quantity) alone() cells.Range {
	return cells.Range{Low: q.apart.low, High: q.apart.high, Bottomless: q.bottomless, Endless: q.apart.high == endless}
}
