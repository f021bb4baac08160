package disclosure

import (
	"cmp"
	"slices"
)

// hideNeighbours hides the nearest cells of the sums and pairs around a target,
// the cheapest of them first: the way out when no box helps. It hides twice as
// many each time that it is asked.
func (p *plan) hideNeighbours(t target) {
	p.tries[t]++
	left := 1 << (p.tries[t] - 1)
	seen := map[int]bool{}
	for ring := t.cells(); len(ring) > 0 && left > 0; {
		var next, open []int
		for _, cell := range ring {
			if seen[cell] {
				continue
			}
			seen[cell] = true
			if !p.hidden[cell] && !p.fixed[cell] {
				open = append(open, cell)
			}
			next = append(next, p.around(cell)...)
		}
		slices.SortStableFunc(open, func(a, b int) int { return cmp.Compare(p.Cells[a].Count, p.Cells[b].Count) })
		for _, cell := range open[:min(left, len(open))] {
			p.hidden[cell] = true
			left--
		}
		ring = next
	}
}

// around gives the cells that share a sum or a pair with a cell.
func (p *plan) around(cell int) []int {
	var found []int
	for _, i := range p.in[cell] {
		found = append(append(found, p.Sums[i].Total), p.Sums[i].Parts...)
	}
	for _, i := range p.pairs[cell] {
		found = append(found, p.Differences[i].New, p.Differences[i].Old)
	}
	return found
}
