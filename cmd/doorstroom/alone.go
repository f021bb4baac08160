package main

import (
	"context"
	"errors"
	"os"

	"doorstroom/pipelines/run"
)

// alone does what changes the warehouse while no other run does. An embedded ClickHouse is held by its data folder
// already; one that several machines reach is held by a lease.
func (a *app) alone(ctx context.Context, e *engines, command string, do func(context.Context) error) error {
	if a.settings.ClickHouseAddr == "" {
		return do(ctx)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "a machine without a name"
	}
	var lease *run.Lease
	var held context.Context
	err = a.patience().Do(ctx, func(context.Context) (err error) {
		lease, held, err = run.Take(ctx, e.db, "doorstroom "+command+" on "+host)
		return err
	})
	if errors.Is(err, run.ErrHeld) {
		return environment(err)
	}
	if err != nil {
		return err
	}
	defer lease.Release()
	err = do(held)
	if lost := context.Cause(held); err != nil && errors.Is(lost, run.ErrLost) {
		return environment(lost)
	}
	return err
}
