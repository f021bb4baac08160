// Package mainjob has the main job of pipelines/job run on the engines of a command, with the connectors reading the
// places that the settings name, and tells what came of it. It is the one place where connectors and pipelines meet.
package mainjob

import (
	"context"
	"fmt"
	"io"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// Options are what a job is made of.
type Options struct {
	Settings *settings.Settings
	Engines  *engines.Engines
	Landing  string
	CutOff   schemas.Date
	// Definitions is the version of those that the edition is made with; empty is the newest.
	Definitions string
	// Program is the version of the program.
	Program  string
	Log      *zap.Logger
	Progress *terminal.Progress
}

// New makes the job.
func New(o Options) *job.Job {
	s := o.Settings
	return &job.Job{
		Warehouse: o.Engines.Warehouse, Kafka: o.Engines.Kafka, Registry: o.Engines.Registry, Deliveries: o.open, DBT: o.Engines.DBT,
		CutOff: o.CutOff, Definitions: o.Definitions, Program: o.Program,
		Workers: s.Workers, SlicePersons: s.SlicePersons, Patience: s.Patience, Log: o.Log, Progress: o.Progress,
	}
}

// Run does steps and tells on out what came of them, also of a run that fails. Its error is exit.ErrRefused when all was
// done but a delivery was refused.
func Run(ctx context.Context, j *job.Job, steps []job.Step, out io.Writer) error {
	result, err := j.Run(ctx, steps)
	wording.Run(out, j.CutOff, result)
	if err == nil && result.Load != nil && result.Load.Refused > 0 {
		return exit.ErrRefused
	}
	return err
}

// Definitions gives the version to make an edition with: what was asked for, else the setting, else the newest.
func Definitions(asked string, s *settings.Settings) (string, error) {
	from := "--definitions"
	if asked == "" {
		asked, from = s.Definitions, "DOORSTROOM_DEFINITIONS"
	}
	if asked == "" {
		return definition.Published().Newest().Version, nil
	}
	d, err := definition.Published().Version(asked)
	if err != nil {
		return "", exit.Usage(fmt.Errorf("%s: %w", from, err))
	}
	return d.Version, nil
}
