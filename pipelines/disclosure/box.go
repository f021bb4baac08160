package disclosure

import (
	"math"
	"slices"

	"doorstroom/pipelines/disclosure/cells"
)

// box is a way to move people between cells without changing anything else: in
// the dimensions of swap they go from the values of from to those of to and,
// so that margins stay, as many others go the other way round. In the other
// dimensions they have the values of from. A box over all dimensions of a cell
// changes 2, 4 or 8 cells of its table; one over none adds people everywhere.
type box struct {
	swap     []bool
	from, to []string
	scopes   []*scope
}

// change is by how much a box changes a cell.
type change struct {
	cell int
	by   int64
}

// changes gives what a box changes, or nil when a sum would not hold any more:
// then cells that it needs are known to be 0.
func (p *plan) changes(b *box) []change {
	seen := map[int]bool{}
	var all []change
	for _, s := range b.scopes {
		values := make([]string, len(p.Dimensions))
		p.spread(b, s, 0, values, 1, func(cell int, by int64) {
			if !seen[cell] {
				seen[cell] = true
				all = append(all, change{cell, by})
			}
		})
	}
	if !p.balanced(all) {
		return nil
	}
	return all
}

// spread calls change for the cells of a scope that a box changes.
func (p *plan) spread(b *box, s *scope, d int, values []string, by int64, change func(int, int64)) {
	if d == len(values) {
		if cell := p.Find(s.release, s.population, values); cell != cells.None {
			change(cell, by)
		}
		return
	}
	next := func(value string, sign int64) {
		values[d] = value
		if !s.begins[beginning(values[:d+1])] {
			return
		}
		p.spread(b, s, d+1, values, by*sign, change)
	}
	if !b.swap[d] {
		next(cells.Total, 1)
		if b.from[d] != cells.Total {
			for _, v := range append(p.Above(d, b.from[d]), b.from[d]) {
				next(v, 1)
			}
		}
		return
	}
	from, to := append(p.Above(d, b.from[d]), b.from[d]), append(p.Above(d, b.to[d]), b.to[d])
	for _, v := range from {
		if !slices.Contains(to, v) {
			next(v, 1)
		}
	}
	for _, v := range to {
		if !slices.Contains(from, v) {
			next(v, -1)
		}
	}
}

// balanced tells whether every sum holds after changes as it did before.
func (p *plan) balanced(all []change) bool {
	off := map[int]int64{}
	for _, c := range all {
		for _, i := range p.in[c.cell] {
			if p.Sums[i].Total == c.cell {
				off[i] -= c.by
			} else {
				off[i] += c.by
			}
		}
	}
	for _, by := range off {
		if by != 0 {
			return false
		}
	}
	return true
}

// swing tells how many times a box can be applied, from the most in one
// direction to the most in the other, before a count falls below 0 or a
// population outgrows the one that it is within.
func (p *plan) swing(all []change) int64 {
	by := map[int]int64{}
	for _, c := range all {
		by[c.cell] = c.by
	}
	up, down := int64(math.MaxInt32), int64(math.MaxInt32)
	limit := func(room, by int64) {
		switch {
		case by < 0:
			up = min(up, room/-by)
		case by > 0:
			down = min(down, room/by)
		}
	}
	for _, c := range all {
		if p.Cells[c.cell].Counted {
			limit(p.Cells[c.cell].Count, c.by)
		}
		for _, i := range p.pairs[c.cell] {
			d := p.Differences[i]
			if p.Cells[d.New].Counted && p.Cells[d.Old].Counted {
				limit(p.Cells[d.New].Count-p.Cells[d.Old].Count, by[d.New]-by[d.Old])
			}
		}
	}
	return max(0, up) + max(0, down)
}

// loss is what hiding the cells of a box that are not hidden yet takes from
// the public: the people in them, and the threshold for each so that many small
// cells weigh something, times what its tables weigh. It is -1 when the box adds nothing or cannot be hidden.
func (p *plan) loss(all []change) int64 {
	sum := int64(0)
	for _, c := range all {
		switch {
		case p.fixed[c.cell]:
			return -1
		case !p.hidden[c.cell]:
			sum += (p.Cells[c.cell].Count + max(1, p.Threshold)) * p.Cells[c.cell].Weight
		}
	}
	return sum
}
