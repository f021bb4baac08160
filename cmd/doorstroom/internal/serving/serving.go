// Package serving keeps the workers at work, and the main job going at its times, until it is stopped.
package serving

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/slice"
)

// Server is what serves.
type Server struct {
	Settings *settings.Settings
	Engines  *engines.Engines
	// Job does the main job, Retain removes what is too old after it; without a Job there is no schedule.
	Job    func(context.Context) error
	Retain func(context.Context) (removed int, err error)
	Log    *zap.Logger
	// Words is where it says that it serves.
	Words io.Writer
}

// Serve works until ctx ends; being stopped from outside is not an error.
func (s *Server) Serve(ctx context.Context) error {
	ids, err := s.Engines.Ready(ctx)
	if err != nil {
		return err
	}
	group, working := errgroup.WithContext(ctx)
	loader := load.New(load.Config{Kafka: s.Engines.Kafka, Warehouse: s.Engines.Warehouse, Schemas: ids, Log: s.Log})
	if err := loader.Start(working); err != nil {
		return err
	}
	defer loader.Stop()
	group.Go(func() error { return s.work(working) })
	if s.Job != nil {
		group.Go(func() error { return s.schedule(working) })
	}
	fmt.Fprintln(s.Words, "serving; stop with Ctrl-C")
	err = group.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// work does slices of any build, and begins again after a failure.
func (s *Server) work(ctx context.Context) error {
	pool := slice.New(slice.Config{Warehouse: s.Engines.Warehouse, Kafka: s.Engines.Kafka, Workers: s.Settings.Workers,
		Patience: s.Settings.Patience, Log: s.Log})
	for ctx.Err() == nil {
		if err := pool.Work(ctx); err != nil {
			s.Log.Error("the work on slices failed; it starts again", zap.Error(err))
			pause(ctx, 5*time.Second)
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
