package simplex

import (
	"context"
	"math"
	"slices"
)

// Walker goes over points of whole numbers only. Its basis is changed at pivots
// of 1 and -1 alone, so that every column in terms of it stays whole; where a
// step would end in a fraction, it ends before that. So a walk may stop before
// the greatest value, and says nothing about what is beyond.
type Walker struct {
	*Solver
	stuck []bool // variables that cannot move in whole steps from this basis
}

// NewWalker prepares a walk.
func NewWalker(p Problem) *Walker {
	return &Walker{Solver: New(p), stuck: make([]bool, len(p.Columns))}
}

// Set sets out from whole numbers. They need not solve the rows: what is
// missing is the first thing that a walk puts right.
func (w *Walker) Set(x []int64) {
	for j, v := range x {
		if w.place[j] < 0 {
			w.x[j] = float64(v)
		}
	}
	w.values()
}

// Walk improves the objective, after solving the rows where they are not yet.
// It tells whether it found a direction without end.
func (w *Walker) Walk(ctx context.Context, objective []Term) (endless bool) {
	clear(w.stuck)
	stalled := 0
	for steps := 0; steps < 2000+20*w.m && stalled < 4*stallAfter && ctx.Err() == nil; steps++ {
		phaseOne := w.price(objective)
		entering := w.pick(stalled > stallAfter/2)
		if entering < 0 {
			return false
		}
		w.enter(entering)
		at := w.ratio(entering)
		if phaseOne {
			at = w.ratioInfeasible(entering)
		}
		if math.IsInf(at.length, 1) {
			w.keepRay(entering)
			return true
		}
		if moved := w.take(entering, at); moved {
			stalled = 0
		} else {
			stalled++
		}
	}
	return false
}

// pick is choose among the variables that are not stuck.
func (w *Walker) pick(anyOfThem bool) int32 {
	w.touched = slices.DeleteFunc(w.touched, func(j int32) bool {
		if w.stuck[j] {
			w.marked[j], w.reduced[j] = false, 0
		}
		return w.stuck[j]
	})
	return w.choose(anyOfThem)
}

// take makes the longest whole step towards a stop, and changes the basis when
// it gets there and the pivot is 1 or -1. It tells whether anything moved.
func (w *Walker) take(entering int32, at stop) bool {
	whole := math.Floor(at.length + 1e-6)
	w.advance(entering, whole)
	there := whole > at.length-1e-6
	switch {
	case there && at.row < 0:
		w.x[entering] = at.bound
	case there && math.Abs(math.Abs(w.column[at.row])-1) < 1e-6:
		w.exchange(entering, at)
		clear(w.stuck)
	default:
		w.stuck[entering] = true
	}
	return whole > 0
}
