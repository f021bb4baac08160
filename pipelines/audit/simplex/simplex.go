// Package simplex solves linear programs whose rows are sums of counts: sparse,
// every coefficient 1 or -1, every variable with a finite lower bound. It works
// in floating point, keeps its basis from one objective to the next, and
// proves nothing: whoever asks checks the point, the multipliers or the ray in
// whole numbers.
//
// It is a bounded primal simplex over an LU factorisation of the basis that is
// updated by eta columns, with one fixed logical variable for each row.
package simplex

import (
	"context"
	"math/rand/v2"
)

// Term is a variable in a row, or a row of a variable, with its coefficient of 1 or -1.
type Term struct {
	Index int32
	Sign  int8
}

// Problem is: Columns times x equals Right, Lower <= x <= Upper.
type Problem struct {
	Columns      [][]Term // for each variable the rows that it stands in
	Right        []float64
	Lower, Upper []float64 // Upper may be infinite
}

// Outcome is how a solution ended.
type Outcome int

// The outcomes.
const (
	Optimal    Outcome = iota // X is the point, Multipliers its dual
	Infeasible                // Multipliers is the combination of rows that cannot be
	Unbounded                 // Ray is the direction
	Stalled                   // no answer within the iterations or the time that there are
)

const (
	feasible     = 1e-7 // how far outside of a bound is still on it
	improving    = 1e-7 // the reduced cost that is worth a step
	smallest     = 1e-8 // the pivot that is too small to divide by
	refactorEach = 64   // steps after which the basis is factored afresh
	stallAfter   = 60   // steps without progress after which the choice becomes random
)

// Solver keeps the basis between calls. It is for one goroutine.
type Solver struct {
	p     Problem
	rows  [][]Term // for each row its variables
	m, n  int
	basic []int32   // the variable of each row of the basis; n+i is the logical of row i
	place []int32   // the row of the basis that a variable is in, or -1
	x     []float64 // of every variable, logicals last

	factors factors
	cost    []float64 // of the rows of the basis
	y       []float64 // multipliers of the rows
	column  []float64 // the entering column in terms of the basis
	reduced []float64 // reduced costs of the variables in touched
	marked  []bool
	touched []int32

	breaks []breakpoint
	random *rand.Rand
	ray    []float64
}

// New prepares a solver that begins at the lower bounds.
func New(p Problem) *Solver {
	m, n := len(p.Right), len(p.Columns)
	s := &Solver{
		p: p, m: m, n: n, rows: make([][]Term, m),
		basic: make([]int32, m), place: make([]int32, n+m), x: make([]float64, n+m),
		cost: make([]float64, m), y: make([]float64, m), column: make([]float64, m),
		reduced: make([]float64, n), marked: make([]bool, n),
		random: rand.New(rand.NewPCG(1, 2)), //nolint:gosec // only breaks ties, and the same way every time
	}
	for j, column := range p.Columns {
		s.place[j] = -1
		s.x[j] = p.Lower[j]
		for _, t := range column {
			s.rows[t.Index] = append(s.rows[t.Index], Term{int32(j), t.Sign})
		}
	}
	for i := range s.basic {
		s.basic[i], s.place[n+i] = int32(n+i), int32(i)
	}
	s.refactor()
	return s
}

// SetBounds changes the bounds of a variable.
func (s *Solver) SetBounds(j int, lower, upper float64) {
	s.p.Lower[j], s.p.Upper[j] = lower, upper
	if s.place[j] < 0 {
		s.x[j] = min(max(s.x[j], lower), upper)
	}
}

// X is the value of a variable after Optimal.
func (s *Solver) X(j int) float64 { return s.x[j] }

// Multiplier is the dual of a row after Optimal or Infeasible.
func (s *Solver) Multiplier(i int) float64 { return s.y[i] }

// Ray is the direction of a variable after Unbounded.
func (s *Solver) Ray(j int) float64 { return s.ray[j] }

// bounds of a variable, a logical included.
func (s *Solver) bounds(j int32) (lower, upper float64) {
	if int(j) >= s.n {
		return 0, 0
	}
	return s.p.Lower[j], s.p.Upper[j]
}

// Maximize finds the greatest value of the objective, from the basis that the last call left.
func (s *Solver) Maximize(ctx context.Context, objective []Term) Outcome {
	s.values()
	stalled := 0
	limit := 20000 + 50*s.m
	for step := range limit {
		if step%32 == 31 && ctx.Err() != nil {
			return Stalled
		}
		phaseOne := s.price(objective)
		entering := s.choose(stalled > stallAfter)
		if entering < 0 {
			if !s.fresh() {
				continue // the answer is worth an exact basis
			}
			if phaseOne {
				return Infeasible
			}
			return Optimal
		}
		switch s.step(entering, phaseOne) {
		case blocked:
			stalled++
		case pivoted:
			stalled = 0
		case flipped:
			stalled = 0
			if !phaseOne {
				s.flipMore()
			}
		case nothingStops:
			if !s.fresh() {
				continue
			}
			if phaseOne {
				return Stalled // only rounding errors let an infeasibility fall for ever
			}
			return Unbounded
		}
	}
	return Stalled
}

// fresh makes the factors exact; it tells whether they were.
func (s *Solver) fresh() bool {
	if len(s.factors.updates) == 0 {
		return true
	}
	s.refactor()
	s.values()
	return false
}

// values computes the basic variables from the others.
func (s *Solver) values() {
	v := s.column
	for i := range v {
		v[i] = s.p.Right[i]
	}
	for j, column := range s.p.Columns {
		if s.place[j] < 0 && s.x[j] != 0 {
			for _, t := range column {
				v[t.Index] -= float64(t.Sign) * s.x[j]
			}
		}
	}
	s.factors.forward(v)
	for i, j := range s.basic {
		s.x[j] = v[i]
	}
}
