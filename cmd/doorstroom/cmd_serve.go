package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"doorstroom/pipelines/run"
)

func newServe(a *app) *cobra.Command {
	var landing string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the main job on a schedule until stopped",
		Long: `Keeps the engines up and runs the main job every DOORSTROOM_INTERVAL for the
edition of that day, the first time at once, until it is stopped (Ctrl-C or
SIGTERM). A run that fails is logged and tried again at the next time.`,
		Example: "  DOORSTROOM_INTERVAL=6h doorstroom serve --landing landing",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if landing == "" {
				landing = a.settings.Landing
			}
			if landing == "" {
				return usage(fmt.Errorf("no landing folder: give --landing or set DOORSTROOM_LANDING"))
			}
			return a.withEngines(cmd.Context(), true, func(ctx context.Context, e *engines) error {
				return a.serve(ctx, e, landing)
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	return cmd
}

func (a *app) serve(ctx context.Context, e *engines, landing string) error {
	tick := time.NewTicker(a.settings.Interval)
	defer tick.Stop()
	for {
		day, err := parseDay("today", today())
		if err != nil {
			return err
		}
		m := &mainJob{app: a, engines: e, landing: landing, asOf: day, bar: newProgress(a.err)}
		err = m.run(ctx, run.Steps)
		m.bar.stop()
		switch {
		case ctx.Err() != nil:
			// Stopped from outside, or the embedded ClickHouse is gone.
			if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
				return cause
			}
			return nil
		case err != nil:
			a.log.Error("the run failed; it is tried again at the next time", zap.Error(err), zap.Duration("interval", a.settings.Interval))
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}
