package audit

import (
	"context"
	"math"
	"slices"

	"doorstroom/pipelines/audit/simplex"
)

// branches limits how many programs one bound may be divided into.
const branches = 20000

// repairEach is in how many branches a repair is tried.
const repairEach = 20

// branch looks through the program with the spans as they are now, for a point
// that is better than the best one.
func (s *search) branch(ctx context.Context) error {
	if s.found && s.best >= s.goal {
		return nil
	}
	if s.left--; s.left < 0 || ctx.Err() != nil {
		return ErrNotFinished
	}
	switch s.lp.Maximize(ctx, s.terms) {
	case simplex.Infeasible:
		return s.empty(ctx)
	case simplex.Unbounded:
		return s.grow()
	case simplex.Optimal:
		return s.divide(ctx)
	}
	return ErrNotFinished
}

// empty makes sure that nothing fits the branch: by the multipliers, or else by
// looking at each row alone. When neither proves it, the branch is cut in two.
func (s *search) empty(ctx context.Context) error {
	if bound, ok := s.certify(nil, s.lp.Multiplier, s.work, -1); ok && bound < 0 {
		s.blame()
		return nil
	}
	spans := slices.Clone(s.work)
	if bad := narrow(s.rows, s.in(), spans); bad >= 0 {
		s.bad = s.rows[bad].cell
		return nil
	}
	at := -1
	for j, span := range s.work {
		if !span.fixed() && (at < 0 || span.high-span.low < s.work[at].high-s.work[at].low) {
			at = j
		}
	}
	if at < 0 {
		return ErrNotFinished
	}
	return s.halve(ctx, at)
}

// blame remembers the cell of the row that weighs most in what cannot be.
func (s *search) blame() {
	most := 0.0
	for i, r := range s.rows {
		if y := math.Abs(s.lp.Multiplier(i)); y > most {
			most, s.bad = y, r.cell
		}
	}
}

// grow makes sure that the objective has no limit.
func (s *search) grow() error {
	if !s.found || !s.unlimited(s.objective, s.lp.Ray) {
		return ErrNotFinished
	}
	s.best = endless
	return nil
}

// divide looks at the best point of the linear program: it is whole, or it is
// no better than what was met, or the branch is cut in two at it.
func (s *search) divide(ctx context.Context) error {
	x, fraction := s.round()
	hoped := int64(math.Floor(s.height() + 1e-6))
	bound, ok := s.certify(s.objective, s.lp.Multiplier, s.work, hoped)
	if !ok {
		return ErrNotFinished
	}
	if s.found && bound <= s.best {
		return nil
	}
	if fraction < 0 {
		if !s.meet(x) || s.best < bound {
			return ErrNotFinished
		}
		return nil
	}
	if s.repair(x, bound) && bound <= s.best {
		return nil
	}
	return s.halve(ctx, fraction)
}

// repair looks for a point with a bound as its objective near one that does
// not fit. It tells whether it found any that is better.
func (s *search) repair(x []int64, bound int64) bool {
	if len(s.objective) > 1 || bound == endless || (branches-s.left)%repairEach != 1 {
		return false
	}
	before, found := s.best, s.found
	for _, t := range s.objective {
		x[t.index] = bound * int64(t.sign)
	}
	if x, settled := s.nudger.settle(x, s.objective); settled {
		s.meet(x)
	}
	return s.best > before || s.found && !found
}

// halve looks through the two branches at a variable that is not whole, the nearer one first.
func (s *search) halve(ctx context.Context, j int) error {
	whole := s.work[j]
	v := s.lp.X(j)
	cut := max(whole.low, min(whole.high-1, int64(math.Floor(v))))
	halves := []span{{whole.low, cut}, {cut + 1, whole.high}}
	if v-float64(cut) > 0.5 {
		slices.Reverse(halves)
	}
	defer s.set(j, whole)
	for _, half := range halves {
		s.set(j, half)
		if err := s.branch(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *search) set(j int, to span) {
	s.work[j] = to
	s.lp.SetBounds(j, float64(to.low), upper(to.high))
}
