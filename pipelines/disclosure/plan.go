package disclosure

import (
	"doorstroom/pipelines/disclosure/cells"
)

// plan is which cells are hidden so far.
type plan struct {
	*cells.Model
	hidden  []bool
	fixed   []bool  // published before, or ordered to be
	in      [][]int // for each cell its sums
	pairs   [][]int // for each cell its differences between populations
	scopes  map[string]*scope
	trusted map[target]bool     // to be wide by what was hidden for others
	witness map[target][]change // the box that widened it
	tries   map[target]int      // how often neighbours were hidden because no box helps
	done    map[target]bool     // wide enough for ever, because hiding more only takes knowledge away; or given up
}

func newPlan(given *cells.Model) *plan {
	m := &cells.Model{}
	*m = *given
	m.PrimaryOnly = false // it will not be true of what this suppresses
	p := &plan{
		Model: m, hidden: make([]bool, len(m.Cells)), fixed: make([]bool, len(m.Cells)),
		in: make([][]int, len(m.Cells)), pairs: make([][]int, len(m.Cells)), scopes: scopes(m), trusted: map[target]bool{}, witness: map[target][]change{}, tries: map[target]int{}, done: map[target]bool{},
	}
	for i, s := range m.Sums {
		p.in[s.Total] = append(p.in[s.Total], i)
		for _, part := range s.Parts {
			p.in[part] = append(p.in[part], i)
		}
	}
	for i, d := range m.Differences {
		if d.Within {
			p.pairs[d.New] = append(p.pairs[d.New], i)
			p.pairs[d.Old] = append(p.pairs[d.Old], i)
		}
	}
	return p
}

// view is what the public would see.
func (p *plan) view() *cells.View {
	v := &cells.View{Model: p.Model, Shown: make([]bool, len(p.Cells)), Figure: make([]int64, len(p.Cells))}
	for i, c := range p.Cells {
		switch {
		case p.hidden[i]:
			continue
		case c.Before == cells.Published:
			v.Figure[i] = c.Figure
		default:
			v.Figure[i] = p.Round(c.Count)
		}
		v.Shown[i] = true
	}
	return v
}

// darkest is what the public would see if all that can be hidden were.
func (p *plan) darkest() *cells.View {
	v := p.view()
	for i := range v.Shown {
		v.Shown[i] = v.Shown[i] && p.fixed[i]
	}
	return v
}
