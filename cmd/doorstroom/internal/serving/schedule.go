package serving

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/warehouse"
)

// awayPause is how long serve waits, at most, after a run that failed because a server was away.
const awayPause = time.Minute

// schedule does the main job at once and then at every interval, and each time removes what is too old.
func (s *Server) schedule(ctx context.Context) error {
	for ctx.Err() == nil {
		began := time.Now()
		next := s.Settings.Interval
		if err := s.Engines.Alone(ctx, "serve", s.Job); err != nil && ctx.Err() == nil && !errors.Is(err, exit.ErrRefused) {
			if errors.Is(err, warehouse.ErrAway) || warehouse.Away(err) {
				next = min(next, time.Since(began)+min(awayPause, s.Settings.Patience))
			}
			s.Log.Error("the run failed; it is tried again at the next time", zap.Error(err), zap.Duration("interval", next))
		}
		err := s.Engines.Alone(ctx, "serve", func(ctx context.Context) error {
			_, err := s.Retain(ctx)
			return err
		})
		if err != nil && ctx.Err() == nil {
			s.Log.Error("removing what is too old failed; it is tried again after the next run", zap.Error(err))
		}
		pause(ctx, next-time.Since(began))
	}
	return nil
}
