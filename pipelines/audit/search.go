package audit

import (
	"context"
	"errors"
	"math"

	"doorstroom/pipelines/audit/simplex"
)

var (
	// ErrNotFinished says that a bound could not be proven within the time or the steps that there are.
	ErrNotFinished = errors.New("not finished")
	// errNothingFits says that no whole numbers solve a program.
	errNothingFits = errors.New("nothing fits")
)

// search finds the bounds of a program. It keeps the points that it meets,
// because each of them says something about every variable.
type search struct {
	*program
	lp       *simplex.Solver
	nudger   *nudger
	work     []span // the spans in the branch that is looked at
	met      []span // the least and the greatest value of each variable at the points met
	outer    []span // what each variable is proven to lie in
	first    []int64
	last     []int64
	points   [][]int64 // the last few met
	patience int       // attempts that a nudge has: many while nudges reach what they aim at, few when linear programs have to do it
	bad      int       // the cell to name when nothing fits

	// of the bound that is looked for
	objective []term
	terms     []simplex.Term
	goal      int64 // the value that is good enough, or endless
	best      int64
	found     bool
	left      int
}

func newSearch(p *program) *search {
	s := &search{program: p, met: make([]span, len(p.spans)), patience: nudges, bad: -1}
	s.work = append(s.work, p.spans...)
	s.outer = append(s.outer, p.spans...)
	s.lp, s.nudger = simplex.New(p.linear()), newNudger(p)
	return s
}

// linear writes a program for the solver.
func (p *program) linear() simplex.Problem {
	lp := simplex.Problem{Columns: make([][]simplex.Term, len(p.spans))}
	for j, column := range p.columns {
		for _, t := range column {
			lp.Columns[j] = append(lp.Columns[j], simplex.Term{Index: t.index, Sign: t.sign})
		}
		lp.Lower = append(lp.Lower, float64(p.spans[j].low))
		lp.Upper = append(lp.Upper, upper(p.spans[j].high))
	}
	for _, r := range p.rows {
		lp.Right = append(lp.Right, float64(r.right))
	}
	return lp
}

func upper(high int64) float64 {
	if high == endless {
		return math.Inf(1)
	}
	return float64(high)
}

// start finds a first point: by small changes to the middle of all spans, near the one that the linear program gives, or
// by dividing.
func (s *search) start(ctx context.Context) error {
	if s.last != nil {
		return nil
	}
	s.objective, s.terms, s.found, s.goal = nil, nil, false, endless
	if x, settled := s.nudger.settle(s.middle(), nil); settled && s.meet(x) {
		return nil
	}
	if s.lp.Maximize(ctx, nil) == simplex.Optimal {
		x, _ := s.round()
		if x, settled := s.nudger.settle(x, nil); settled && s.meet(x) {
			return nil
		}
	}
	_, err := s.greatest(ctx, nil)
	return err
}

// greatest finds the greatest value of an objective, endless when nothing
// limits it. Once there is a first point an objective has a value to beat.
func (s *search) greatest(ctx context.Context, objective []term) (int64, error) {
	s.aim(objective)
	if err := s.branch(ctx); err != nil {
		return 0, err
	}
	if !s.found {
		return 0, errNothingFits
	}
	return s.best, nil
}

// aim sets the objective of what follows.
func (s *search) aim(objective []term) {
	s.objective, s.terms = objective, s.terms[:0]
	for _, t := range objective {
		s.terms = append(s.terms, simplex.Term{Index: t.index, Sign: t.sign})
	}
	s.found, s.left = s.last != nil, branches
	if s.found {
		_, s.best = s.seen(objective)
	}
}

// middle is a guess at a first point: what was published, and for the rest the least that it can be.
func (p *program) middle() []int64 {
	x := make([]int64, len(p.spans))
	for j, s := range p.spans {
		x[j] = s.low
		if s.high != endless {
			x[j] += (s.high - s.low) / 2
		}
	}
	return x
}
