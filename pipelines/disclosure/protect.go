// Package disclosure decides which counts of linked tables may be published:
// it suppresses those that are too small, then others until the small ones
// cannot be computed from what is left, and rounds the rest. It does no I/O and
// proves nothing about ranges: it is given an attack, and suppresses until the
// attack finds nothing that is too narrow.
package disclosure

import (
	"context"
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
		if p.widenAll(ctx, narrow) {
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
// When the time is over it stops, and the next attack says so.
func (p *plan) widenAll(ctx context.Context, narrow []target) bool {
	found := false
	for _, t := range narrow {
		if ctx.Err() != nil {
			return true
		}
		found = p.widen(t) || found
	}
	return found
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

// target is a cell, or the difference of two, that must be wide enough.
type target struct{ more, less int }

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
