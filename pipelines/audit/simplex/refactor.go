package simplex

import (
	"math"
	"slices"
)

// refactor computes L U of the basis afresh. Columns with one row left go
// first and rows with one column left next: neither brings fill. What remains
// is eliminated by columns, short ones first. A column that turns out to
// depend on the others leaves the basis for the logical of a row without pivot.
func (s *Solver) refactor() {
	f := &s.factors
	*f = factors{lower: f.lower[:0], upper: f.upper[:0]}
	e := &elimination{s: s, taken: make([]bool, s.m), work: make([]float64, s.m), mark: make([]bool, s.m)}
	columns := slices.Clone(s.basic)
	for i := range s.basic {
		s.basic[i] = -1
	}
	var left []int32
	for _, step := range order(s, columns) {
		if !e.eliminate(step.column, step.row) {
			left = append(left, step.column)
		}
	}
	for _, j := range left {
		s.place[j] = -1
		lower, upper := s.bounds(j)
		s.x[j] = min(max(s.x[j], lower), upper)
	}
	for i := range s.basic {
		if s.basic[i] < 0 {
			e.eliminate(int32(s.n+i), int32(i))
		}
	}
}

// terms gives the column of a variable, a logical included.
func (s *Solver) terms(j int32) []Term {
	if int(j) >= s.n {
		return []Term{{j - int32(s.n), 1}}
	}
	return s.p.Columns[j]
}

// elimination is a factorisation in the making.
type elimination struct {
	s     *Solver
	taken []bool // rows with a pivot
	work  []float64
	mark  []bool
	rows  []int32 // that work may be nonzero in
}

// eliminate adds a column, with its pivot in the given row or, when that is
// -1, in the best one. It tells whether there is a pivot.
func (e *elimination) eliminate(j, row int32) bool {
	f := &e.s.factors
	e.load(j)
	upper := eta{}
	if row < 0 {
		row = e.pivot()
	}
	if row < 0 || e.taken[row] || math.Abs(e.work[row]) < smallest {
		e.clear()
		return false
	}
	lower := eta{row: row, pivot: 1}
	upper.row, upper.pivot = row, e.work[row]
	for _, i := range e.rows {
		switch x := e.work[i]; {
		case x == 0 || i == row:
		case e.taken[i]:
			upper.entries = append(upper.entries, entry{i, x})
		default:
			lower.entries = append(lower.entries, entry{i, x / upper.pivot})
		}
	}
	e.clear()
	f.upper = append(f.upper, upper)
	if len(lower.entries) > 0 {
		f.lower = append(f.lower, lower)
	}
	e.taken[row] = true
	e.s.basic[row], e.s.place[j] = j, row
	return true
}

// load puts a column into work and takes the columns of L off it.
func (e *elimination) load(j int32) {
	for _, t := range e.s.terms(j) {
		e.set(t.Index, float64(t.Sign))
	}
	for i := range e.s.factors.lower {
		l := &e.s.factors.lower[i]
		if t := e.work[l.row]; t != 0 {
			for _, x := range l.entries {
				e.set(x.row, e.work[x.row]-x.value*t)
			}
		}
	}
}

func (e *elimination) set(i int32, x float64) {
	if !e.mark[i] {
		e.mark[i] = true
		e.rows = append(e.rows, i)
	}
	if math.Abs(x) < 1e-12 {
		x = 0
	}
	e.work[i] = x
}

// pivot gives the row without pivot in which work is largest.
func (e *elimination) pivot() int32 {
	best, row := smallest, int32(-1)
	for _, i := range e.rows {
		if x := math.Abs(e.work[i]); !e.taken[i] && x > best {
			best, row = x, i
		}
	}
	return row
}

func (e *elimination) clear() {
	for _, i := range e.rows {
		e.work[i], e.mark[i] = 0, false
	}
	e.rows = e.rows[:0]
}
