package disclosure

import (
	"math"
	"slices"
)

// widen hides cells so that a target gets wider. It tells whether a box does
// that. A box that needs nothing hidden any more, because of what other targets
// needed, is trusted once.
func (p *plan) widen(t target) bool {
	if p.tries[t] > 0 {
		return false
	}
	for _, cell := range p.sides(t) {
		best, cost := []change(nil), int64(math.MaxInt64)
		for _, b := range p.boxes(cell) {
			if all, loss := p.improve(b, cell, t); loss < cost {
				best, cost = all, loss
			}
		}
		for _, c := range best {
			p.hidden[c.cell] = true
		}
		if best != nil {
			p.trusted[t] = p.trusted[t] || cost == 0
			p.witness[t] = best
			return true
		}
	}
	return false
}

// shown tells whether the box that widened a target proves by itself that it is
// wide enough: the counts before and after it both fit all that is shown.
func (p *plan) shown(t target) bool {
	return len(p.witness[t]) > 0 && p.loss(p.witness[t]) == 0 && p.counted(p.witness[t])
}

// counted tells whether the true counts of everything that a box changes are known.
func (p *plan) counted(all []change) bool {
	for _, c := range all {
		if !p.Cells[c.cell].Counted {
			return false
		}
		for _, i := range p.pairs[c.cell] {
			if !p.Cells[p.Differences[i].New].Counted || !p.Cells[p.Differences[i].Old].Counted {
				return false
			}
		}
	}
	return true
}

// sides gives the cells of a target in the order in which hiding them is
// tried: of two releases the newer one first, so that the older stays as it is,
// and of two populations the inner one, which is smaller.
func (p *plan) sides(t target) []int {
	all := t.cells()
	if len(all) == 2 && p.Cells[t.more].Population != p.Cells[t.less].Population {
		slices.Reverse(all)
	}
	return all
}

// improve changes one value of a box at a time as long as that costs less.
func (p *plan) improve(b *box, cell int, t target) ([]change, int64) {
	best, cost := p.try(b, t)
	for better := true; better; {
		better = false
		for d, v := range p.Cells[cell].Values {
			for _, side := range []struct {
				at []string
				is bool
			}{{b.from, true}, {b.to, false}} {
				if !side.is && !b.swap[d] {
					continue
				}
				for _, leaf := range p.choices(b.scopes, d, v, side.is) {
					before := side.at[d]
					side.at[d] = leaf
					if all, loss := p.try(b, t); loss < cost {
						best, cost, better = all, loss, true
						continue
					}
					side.at[d] = before
				}
			}
		}
	}
	return best, cost
}

// try gives what a box changes and what hiding that costs; a box that does not
// widen the target enough, or that cannot be hidden, costs more than any.
func (p *plan) try(b *box, t target) ([]change, int64) {
	const never = math.MaxInt64
	all := p.changes(b)
	if len(all) == 0 {
		return nil, never
	}
	by := int64(0)
	for _, c := range all {
		switch c.cell {
		case t.more:
			by += c.by
		case t.less:
			by -= c.by
		}
	}
	loss := p.loss(all)
	if loss < 0 || loss == 0 && p.trusted[t] || p.swing(all)*max(by, -by) < p.Range {
		return nil, never
	}
	return all, loss
}
