package disclosure

import (
	"maps"
	"slices"

	"doorstroom/pipelines/disclosure/cells"
)

// starts is from how many values of the first dimension a search for the best box sets out.
const starts = 6

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
