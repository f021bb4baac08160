package audit

import (
	"context"
	"errors"
	"math"
)

// walkFrom walks towards the objective and takes in where that ends. It tells
// whether it found that nothing limits the objective.
func (s *search) walkFrom(ctx context.Context, x []int64) (endless bool) {
	s.walker.Set(x)
	if s.walker.Walk(ctx, s.terms) {
		return s.unlimited(s.objective, s.walker.Ray)
	}
	end := make([]int64, len(x))
	for j := range end {
		end[j] = int64(math.Round(s.walker.X(j)))
	}
	s.meet(end)
	return false
}

// look looks for better values of an objective in a few branches, for what that meets.
func (s *search) look(ctx context.Context, objective []term, enough int64, branches int) error {
	s.aim(objective)
	low, _ := s.seen(objective)
	s.goal, s.left = low+enough, branches
	if s.walk(ctx) {
		if s.best == endless && len(objective) == 1 {
			s.met[objective[0].index].high = endless
		}
		return nil
	}
	if err := s.branch(ctx); err != nil && (ctx.Err() != nil || !errors.Is(err, ErrNotFinished)) {
		return err
	}
	return nil
}

// walk goes from the best point that is kept to a better one. It tells whether
// it found the greatest value.
func (s *search) walk(ctx context.Context) bool {
	from := s.last
	for _, x := range s.points {
		if value(s.objective, x) > value(s.objective, from) {
			from = x
		}
	}
	_, s.best = s.seen(s.objective)
	if s.walkFrom(ctx, from) {
		s.best = endless
		return true
	}
	_, s.best = s.seen(s.objective)
	return s.best == s.limit(s.objective) || s.best >= s.goal
}
