package disclosure

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"doorstroom/pipelines/disclosure/cells"
)

// starts is from how many values of the first dimension a search for the best box sets out.
const starts = 6

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

// boxes gives boxes to set out from that change a cell: one for each set of the
// dimensions that it names and each of a few values.
func (p *plan) boxes(cell int) []*box {
	var all []*box
	for _, scopes := range p.variants(cell) {
		for set := range 1 << len(p.Dimensions) {
			all = append(all, p.begin(cell, scopes, set)...)
		}
	}
	return all
}

// variants gives which scopes a box may change together: those of the cell, and with them those of the populations around it.
func (p *plan) variants(cell int) [][]*scope {
	own := p.scopesOf(cell)
	related := slices.Clone(own)
	for _, i := range p.pairs[cell] {
		d := p.Differences[i]
		for _, other := range []int{d.New, d.Old} {
			for _, s := range p.scopesOf(other) {
				if !slices.Contains(related, s) {
					related = append(related, s)
				}
			}
		}
	}
	all := [][]*scope{own}
	if len(related) > len(own) {
		all = append(all, related)
	}
	if releases := p.everyRelease(own); len(releases) > len(own) {
		all = append(all, releases)
	}
	return all
}

// everyRelease adds the other releases of the same population: a box that changes a cell which is one in all of them needs it.
func (p *plan) everyRelease(own []*scope) []*scope {
	all := slices.Clone(own)
	for _, name := range slices.Sorted(maps.Keys(p.scopes)) {
		s := p.scopes[name]
		if s.population == own[0].population && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// begin gives boxes that swap a set of dimensions of a cell.
func (p *plan) begin(cell int, scopes []*scope, set int) []*box {
	values := p.Cells[cell].Values
	b := &box{scopes: scopes, swap: make([]bool, len(values)), from: make([]string, len(values)), to: make([]string, len(values))}
	first := -1
	for d, v := range values {
		b.swap[d] = set>>d&1 == 1
		if b.swap[d] && v == cells.Total {
			return nil
		}
		if b.from[d] = p.firstLeaf(scopes, d, v, true); b.from[d] == "" {
			return nil
		}
		if b.swap[d] {
			if b.to[d] = p.firstLeaf(scopes, d, v, false); b.to[d] == "" {
				return nil
			}
			first = d
		}
	}
	if first < 0 {
		return []*box{b}
	}
	var all []*box
	for _, to := range p.choices(scopes, first, values[first], false) {
		if len(all) == starts {
			break
		}
		other := b.clone()
		other.to[first] = to
		all = append(all, other)
	}
	return all
}

func (b *box) clone() *box {
	return &box{b.swap, slices.Clone(b.from), slices.Clone(b.to), b.scopes}
}

// choices gives the leaves that are under a value, or those that are not.
func (p *plan) choices(scopes []*scope, d int, value string, is bool) []string {
	var found []string
	for _, leaf := range scopes[0].leaves[d] {
		if under(p.Model, d, leaf, value) == is {
			found = append(found, leaf)
		}
	}
	if len(found) == 0 && is && value == cells.Total {
		return []string{cells.Total}
	}
	return found
}

func (p *plan) firstLeaf(scopes []*scope, d int, value string, is bool) string {
	if all := p.choices(scopes, d, value, is); len(all) > 0 {
		return all[0]
	}
	return ""
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
