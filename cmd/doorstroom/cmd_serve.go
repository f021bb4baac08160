package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"doorstroom/pipelines/load"
	"doorstroom/pipelines/run"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
)

func newServe(a *app) *cobra.Command {
	var landing string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Keep the workers and the schedule going until stopped",
		Long: `Keeps the engines up and the workers at work until it is stopped (Ctrl-C or
SIGTERM). With a landing folder it also runs the main job every
DOORSTROOM_INTERVAL for the edition of that day, the first time at once, and after
it 'doorstroom retain'; a run that fails is logged and tried again at the next
time, or within a minute when it failed because ClickHouse was away. Without one
it only works: start it so on more machines, with your own Kafka and ClickHouse, to
load and to count with more hands.`,
		Example: "  DOORSTROOM_INTERVAL=6h doorstroom serve --landing landing\n  doorstroom serve",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if landing == "" {
				landing = a.settings.Landing
			}
			definitions, err := a.definitions("")
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), needs{kafka: true, migrate: true, wait: forEver}, func(ctx context.Context, e *engines) error {
				return a.serve(ctx, e, landing, definitions)
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	return cmd
}

// serve works until ctx ends; being stopped from outside is no error.
func (a *app) serve(ctx context.Context, e *engines, landing, definitions string) error {
	ids, err := a.readyKafka(ctx, e)
	if err != nil {
		return err
	}
	group, ctx2 := errgroup.WithContext(ctx)
	loader := load.New(load.Config{Kafka: e.kafka, Warehouse: e.db, Schemas: ids, Log: a.log})
	if err := loader.Start(ctx2); err != nil {
		return err
	}
	defer loader.Stop()
	group.Go(func() error { return a.workSlices(ctx2, e) })
	if landing != "" {
		group.Go(func() error { return a.schedule(ctx2, e, landing, definitions) })
	}
	fmt.Fprintln(a.words(), "serving; stop with Ctrl-C")
	err = group.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// workSlices does slices of any build, and begins anew after a failure.
func (a *app) workSlices(ctx context.Context, e *engines) error {
	pool := slice.New(slice.Config{Warehouse: e.db, Kafka: e.kafka, Workers: a.settings.Workers, Patience: a.settings.Patience, Log: a.log})
	for ctx.Err() == nil {
		if err := pool.Work(ctx); err != nil {
			a.log.Error("the work on slices failed; it starts again", zap.Error(err))
			pause(ctx, 5*time.Second)
		}
	}
	return nil
}

// awayPause is how long serve waits, at most, after a run that failed because a server was away.
const awayPause = time.Minute

// schedule runs the main job at once and then at every interval, and each time removes what is too old.
func (a *app) schedule(ctx context.Context, e *engines, landing, definitions string) error {
	for ctx.Err() == nil {
		began := time.Now()
		day, err := parseDay("today", today())
		if err != nil {
			return err
		}
		m := &mainJob{app: a, engines: e, landing: landing, asOf: day, definitions: definitions, bar: newProgress(a.words())}
		next := a.settings.Interval
		if err := a.alone(ctx, e, "serve", func(ctx context.Context) error { return m.run(ctx, run.Steps) }); err != nil && ctx.Err() == nil && !errors.Is(err, errRefused) {
			if errors.Is(err, warehouse.ErrAway) || warehouse.Away(err) {
				next = min(next, time.Since(began)+min(awayPause, a.settings.Patience))
			}
			a.log.Error("the run failed; it is tried again at the next time", zap.Error(err), zap.Duration("interval", next))
		}
		m.bar.stop()
		err = a.alone(ctx, e, "serve", func(ctx context.Context) error {
			_, err := a.retain(ctx, e, landing, false, time.Now())
			return err
		})
		if err != nil && ctx.Err() == nil {
			a.log.Error("removing what is too old failed; it is tried again after the next run", zap.Error(err))
		}
		pause(ctx, next-time.Since(began))
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
