package app

import (
	"time"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/mainjob"
	"doorstroom/cmd/doorstroom/internal/retention"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/retain"
	"doorstroom/schemas"
)

// MainJob is the main job on these engines.
func (a *App) MainJob(e *engines.Engines, landing string, cutOff schemas.Date, definitions string, bar *terminal.Progress) *job.Job {
	return mainjob.New(mainjob.Options{Settings: a.Settings, Engines: e, Landing: landing, CutOff: cutOff, Definitions: definitions,
		Program: Version, Log: a.Log, Progress: bar})
}

// Retention is what removes what is too old now.
func (a *App) Retention(e *engines.Engines, landing string, dryRun bool) *retention.Job {
	return &retention.Job{Engines: e, Periods: retain.Periods(a.Settings.Keep), Landing: landing, DryRun: dryRun, Now: time.Now(), Out: a.Out}
}
