// Package erasure removes persons everywhere: in the warehouse and Kafka by pipelines/erase and in the landing folder by
// connectors; it tells what that came to and has editions built again.
package erasure

import (
	"context"
	"errors"
	"fmt"
	"io"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// Job is one call of erase.
type Job struct {
	Settings *settings.Settings
	Engines  *engines.Engines
	Landing  string
	Request  erase.Request
	// DryRun only tells; OnlyFinish completes an erasure that was broken off, and begins none.
	DryRun, OnlyFinish bool
	// Deliveries lists what is in the landing folder, Rebuild does steps of the main job for an edition.
	Deliveries func(ctx context.Context) (job.Found, error)
	Rebuild    func(ctx context.Context, cutOff schemas.Date, steps []job.Step) error
	Log        *zap.Logger
	Progress   *terminal.Progress
	Out        io.Writer
}

// Run erases, or completes what was broken off.
func (j *Job) Run(ctx context.Context) error {
	if err := kafka.EnsureTopics(ctx, j.Engines.Kafka); err != nil {
		return err
	}
	if len(j.Settings.KafkaBrokers) > 0 { // the embedded ones are locked to this command
		if err := kafka.Idle(ctx, j.Engines.Kafka, load.DefaultGroup, slice.DefaultGroup); err != nil {
			return err
		}
	}
	if err := j.loadWaiting(ctx); err != nil {
		return err
	}
	broken, err := erase.Pending(ctx, j.Engines.Warehouse)
	if err != nil {
		return err
	}
	if broken != nil {
		if j.DryRun {
			return job.ErrBrokenOff
		}
		if err := j.finish(ctx, broken); err != nil {
			return err
		}
		if err := j.loadWaiting(ctx); err != nil { // passes over the marks that it left in Kafka
			return err
		}
	}
	if j.OnlyFinish {
		if broken == nil {
			fmt.Fprintln(j.Out, "no erasure was broken off")
		}
		return nil
	}
	return j.begin(ctx)
}

// begin does a new erasure.
func (j *Job) begin(ctx context.Context) error {
	if err := j.allRead(ctx); err != nil {
		return err
	}
	plan, err := erase.Prepare(ctx, j.Engines.Warehouse, j.Request)
	if errors.Is(err, erase.ErrNamed) {
		return exit.Usage(err)
	}
	if err != nil {
		return err
	}
	if j.DryRun {
		return j.show(ctx, plan)
	}
	if err := plan.Begin(ctx, j.Engines.Warehouse); err != nil {
		return err
	}
	return j.finish(ctx, &plan.Erasure)
}

// loadWaiting brings what waits in Kafka into the raw tables, where it can be found.
func (j *Job) loadWaiting(ctx context.Context) error {
	ids, err := j.Engines.Registry.SchemaIDs(ctx)
	if err != nil {
		return err
	}
	loader := load.New(load.Config{Kafka: j.Engines.Kafka, Warehouse: j.Engines.Warehouse, Schemas: ids, Log: j.Log})
	if err := loader.Start(ctx); err != nil {
		return err
	}
	defer loader.Stop()
	return loader.Drain(ctx, delivery.DefaultStall, delivery.DefaultStall)
}

// allRead fails when a delivery waits to be read: it may bring a person back.
func (j *Job) allRead(ctx context.Context) error {
	f, err := j.Deliveries(ctx)
	if err != nil {
		return err
	}
	if len(f.New) > 0 {
		return fmt.Errorf("%d deliveries in the landing folder have not been read and may bring the person back: let 'doorstroom run --only load' decide about them, or take them away (the first is %s/%s)",
			len(f.New), f.New[0].Supplier, terminal.Shown(f.New[0].ID))
	}
	return nil
}
