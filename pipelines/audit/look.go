package audit

import (
	"context"
	"errors"
)

// look looks for better values of an objective in a few branches, for what that meets.
func (s *search) look(ctx context.Context, objective []term, enough int64, branches int) error {
	s.aim(objective)
	low, _ := s.seen(objective)
	s.goal, s.left = low+enough, branches
	if err := s.branch(ctx); err != nil && (ctx.Err() != nil || !errors.Is(err, ErrNotFinished)) {
		return err
	}
	if s.best == endless && len(objective) == 1 {
		s.met[objective[0].index].high = endless
	}
	return nil
}
