package audit

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/disclosure/cells"
)

// worker answers tasks one after the other. It has searches of its own.
type worker struct {
	*attack
	searches []*search
	short    int // branches that a glance may have
}

// search gives the worker's own search of a program, with a first point.
func (w *worker) search(ctx context.Context, program int) (*search, error) {
	if w.searches[program] == nil {
		w.searches[program] = newSearch(w.programs[program])
		w.searches[program].meet(w.known(program))
	}
	s := w.searches[program]
	err := s.start(ctx)
	switch {
	case errors.Is(err, errNothingFits):
		return nil, doesNotAddUp(w.view, s.bad)
	case err != nil:
		return nil, fmt.Errorf("find numbers that fit the tables around %s: %w", w.view.Describe(s.rows[0].cell), err)
	}
	return s, nil
}

// known gives the counts that are known to fit, for the variables of a program, or nil.
func (w *worker) known(program int) []int64 {
	if w.with.Known == nil {
		return nil
	}
	var x []int64
	for _, v := range w.programs[program].variables {
		if int(v) < len(w.with.Known) {
			x = append(x, w.with.Known[v])
			continue
		}
		pair := w.system.rows[w.system.in[v][0]].terms // outer, inner, and how much more the outer one is
		x = append(x, w.with.Known[pair[0].index]-w.with.Known[pair[1].index])
	}
	return x
}

// answer finds the range of a task, or as much of it as settles it: by small changes, and else by linear programs.
func (w *worker) answer(ctx context.Context, t task) (cells.Range, error) {
	if met, err := w.nudge(ctx, t); err != nil || t.settled(met) {
		return met, err
	}
	if t.glance {
		return w.glance(ctx, t)
	}
	r := t.alone()
	for _, o := range t.objectives {
		for _, sign := range []int8{1, -1} {
			if met, err := w.met(ctx, t.quantity); err != nil || t.settled(met) {
				return met, err
			}
			end, err := w.greatest(ctx, o, sign, t.enough)
			if err != nil {
				return r, err
			}
			r = reaches(r, sign, end)
		}
	}
	return r, nil
}

// nudge widens what is met of a task by small changes.
func (w *worker) nudge(ctx context.Context, t task) (met cells.Range, err error) {
	for _, sign := range []int8{0, 1, -1} {
		for _, o := range t.objectives {
			if sign != 0 {
				w.searches[o.program].nudge(turned(o.terms, sign), t.enough)
			}
		}
		if met, err = w.met(ctx, t.quantity); err != nil || t.settled(met) {
			return met, err
		}
	}
	return met, nil
}

// reaches adds to an end of a range what an objective adds there at most.
func reaches(r cells.Range, sign int8, end int64) cells.Range {
	switch {
	case sign > 0:
		r.High, r.Endless = plus(r.High, end), r.Endless || end == endless
	case end == endless:
		r.Bottomless = true
	default:
		r.Low -= end
	}
	return r
}

// glance looks both ways, shortly, and gives what that meets.
func (w *worker) glance(ctx context.Context, t task) (cells.Range, error) {
	for _, o := range t.objectives {
		for _, sign := range []int8{1, -1} {
			if met, err := w.met(ctx, t.quantity); err != nil || t.settled(met) {
				return met, err
			}
			if err := w.searches[o.program].look(ctx, turned(o.terms, sign), t.enough, w.short); err != nil {
				return cells.Range{}, err
			}
		}
	}
	return w.met(ctx, t.quantity)
}

// greatest finds the greatest value of sign times an objective, or one that is enough above the least value met.
func (w *worker) greatest(ctx context.Context, o objective, sign int8, enough int64) (int64, error) {
	s, err := w.search(ctx, o.program)
	if err != nil {
		return 0, err
	}
	return s.bound(ctx, turned(o.terms, sign), enough)
}

// turned gives terms times sign.
func turned(terms []term, sign int8) []term {
	turned := make([]term, len(terms))
	for i, t := range terms {
		turned[i] = term{t.index, t.sign * sign}
	}
	return turned
}

// met gives the range that the points met so far show.
func (w *worker) met(ctx context.Context, q quantity) (cells.Range, error) {
	r := q.alone()
	for _, o := range q.objectives {
		s, err := w.search(ctx, o.program)
		if err != nil {
			return r, err
		}
		low, high := s.seen(o.terms)
		r.Endless = r.Endless || high == endless
		r.Low, r.High = r.Low+low, plus(r.High, high)
	}
	return r, nil
}
