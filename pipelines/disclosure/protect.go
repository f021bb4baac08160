// Package disclosure decides which counts of linked tables may be published:
// it suppresses those that are too small, then others until the small ones
// cannot be computed from what is left, and rounds the rest. It does no I/O and
// proves nothing about ranges: it is given an attack, and suppresses until the
// attack finds nothing that is too narrow.
package disclosure

import (
	"context"
	"fmt"
	"slices"

	"doorstroom/pipelines/disclosure/cells"
)

// Attack finds how far the public can narrow down cells and differences, as
// audit.Ranges does. The counts fit what is shown, where all of them are known.
type Attack func(ctx context.Context, v *cells.View, questions []cells.Question, counts []int64) ([]cells.Range, error)

// Protect decides about every cell of a model. It returns a *cells.Refusal for
// counts that do not fit together and for orders that cannot be carried out,
// and the attack's errors. What was published before may leave ranges too
// narrow whatever is suppressed now: then the view is as good as it gets.
func Protect(ctx context.Context, m *cells.Model, attack Attack) (*cells.View, error) {
	if err := addsUp(m); err != nil {
		return nil, err
	}
	p := newPlan(m)
	if err := p.primary(); err != nil {
		return nil, err
	}
	for {
		narrow, err := p.ask(ctx, attack)
		if err != nil {
			return nil, err
		}
		if p.widenAll(narrow) {
			continue
		}
		if narrow, err = p.narrow(ctx, attack, p.view(), narrow); err != nil {
			return nil, err
		}
		if len(narrow) == 0 {
			return p.view(), nil
		}
		if err := p.darken(ctx, attack, narrow); err != nil {
			return nil, err
		}
	}
}

// widenAll hides a box for every target that has one. It tells whether any has.
func (p *plan) widenAll(narrow []target) bool {
	any := false
	for _, t := range narrow {
		any = p.widen(t) || any
	}
	return any
}

// darken hides what surrounds targets that no box helps. One that is too narrow
// whatever is hidden, because of what was published before, is given up.
func (p *plan) darken(ctx context.Context, attack Attack, narrow []target) error {
	hopeless, err := p.narrow(ctx, attack, p.darkest(), narrow)
	if err != nil {
		return err
	}
	for _, t := range narrow {
		switch {
		case !slices.Contains(hopeless, t):
			p.hideNeighbours(t)
		case p.ordered(t) != cells.None:
			return p.Refuse("", p.ordered(t), "is ordered published, but then a range would be too narrow; leave its status empty")
		default:
			p.done[t] = true
		}
	}
	return nil
}

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

// target is a cell, or the difference of two, that must be wide enough.
type target struct{ more, less int }

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

// ask finds what is too narrow, or not shown to be wide enough: a glance shows
// it for most, a box that hides nothing more for others.
func (p *plan) ask(ctx context.Context, attack Attack) ([]target, error) {
	targets := p.open()
	met, err := p.attack(ctx, attack, p.view(), targets, true)
	if err != nil {
		return nil, err
	}
	var narrow, unsure []target
	for i, t := range targets {
		switch r := met[i]; {
		case !r.Narrower(p.Range) || p.shown(t):
			p.done[t] = true
		case t.less == cells.None || r.Telling(p.Threshold) || p.mustBeWide(t):
			narrow = append(narrow, t)
		default:
			unsure = append(unsure, t)
		}
	}
	more, err := p.narrow(ctx, attack, p.view(), unsure)
	return append(narrow, more...), err
}

// narrow gives the targets that are proven to be too narrow in a view.
func (p *plan) narrow(ctx context.Context, attack Attack, v *cells.View, targets []target) ([]target, error) {
	ranges, err := p.attack(ctx, attack, v, targets, false)
	if err != nil {
		return nil, err
	}
	var narrow []target
	for i, t := range targets {
		if r := ranges[i]; r.Narrower(p.Range) && (t.less == cells.None || p.tells(t, r)) {
			narrow = append(narrow, t)
		}
	}
	return narrow, nil
}

// attack asks about targets.
func (p *plan) attack(ctx context.Context, attack Attack, v *cells.View, targets []target, glance bool) ([]cells.Range, error) {
	questions := make([]cells.Question, len(targets))
	for i, t := range targets {
		questions[i] = cells.Question{New: t.more, Old: t.less, Enough: p.Range, Glance: glance}
	}
	ranges, err := attack(ctx, v, questions, p.Counts())
	if err != nil {
		return nil, fmt.Errorf("attack the tables: %w", err)
	}
	return ranges, nil
}

// ordered finds the nearest cell around a target that is ordered published.
func (p *plan) ordered(t target) int {
	seen := map[int]bool{}
	queue := t.cells()
	for len(queue) > 0 {
		cell := queue[0]
		queue = queue[1:]
		if seen[cell] {
			continue
		}
		seen[cell] = true
		c := p.Cells[cell]
		if c.Order == cells.Published && c.Before != cells.Published {
			return cell
		}
		queue = append(queue, p.around(cell)...)
	}
	return cells.None
}

func (t target) cells() []int {
	if t.less == cells.None {
		return []int{t.more}
	}
	return []int{t.more, t.less}
}
