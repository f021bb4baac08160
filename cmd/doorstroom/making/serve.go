package making

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/mainjob"
	"doorstroom/cmd/doorstroom/internal/serving"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/job"
	"doorstroom/schemas"
)

func newServe(a *app.App) *cobra.Command {
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
			landing = a.Landing(landing)
			definitions, err := mainjob.Definitions("", a.Settings)
			if err != nil {
				return err
			}
			n := engines.Needs{Kafka: true, Migrate: true, Wait: engines.ForEver, Shares: true}
			return a.With(cmd.Context(), n, func(ctx context.Context, e *engines.Engines) error {
				s := &serving.Server{Settings: a.Settings, Engines: e, Log: a.Log, Words: a.Words()}
				if landing != "" {
					s.Job, s.Retain = scheduledJob(a, e, landing, definitions), a.Retention(e, landing, false).Run
				}
				return s.Serve(ctx)
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	return cmd
}

// scheduledJob does the main job for the edition of today.
func scheduledJob(a *app.App, e *engines.Engines, landing, definitions string) func(context.Context) error {
	return func(ctx context.Context) error {
		day, err := input.Day("today", input.Today())
		if err != nil {
			return err
		}
		bar := terminal.NewProgress(a.Words())
		defer bar.Stop()
		return mainjob.Run(ctx, a.MainJob(e, landing, schemas.DateFromTime(day), definitions, bar), job.Steps, a.Out)
	}
}
