package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/retention"
	"doorstroom/pipelines/retain"
)

func newRetain(a *app) *cobra.Command {
	var landing string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "retain",
		Short: "Remove what is kept longer than its period",
		Long: `Removes, layer by layer, what the settings DOORSTROOM_KEEP_... no longer keep:
messages of Kafka, raw rows of refused and of replaced deliveries, facts of builds
that do not stand, copies of delivered files, old books. 'doorstroom config' lists
the periods. Each removal is noted in ops.retention: layer, what, how much, when
and which period. 'doorstroom serve' does the same after every run.

Says what was looked through when nothing is past its period.

Nothing goes that an edition is made of which can still be built. Files that
suppliers laid down themselves are not touched.`,
		Example: "  doorstroom retain --dry-run\n  DOORSTROOM_KEEP_COPIES=30 doorstroom retain --landing landing",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if landing == "" {
				landing = a.settings.Landing
			}
			return a.with(cmd.Context(), engines.Needs{Kafka: true}, func(ctx context.Context, e *engines.Engines) error {
				return e.Alone(ctx, "retain", a.retention(e, landing, dryRun).RunAndTell)
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING); without one copies of files are not looked at")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would go and do nothing")
	return cmd
}

// retention is what removes what is too old now.
func (a *app) retention(e *engines.Engines, landing string, dryRun bool) *retention.Job {
	return &retention.Job{Engines: e, Periods: retain.Periods(a.settings.Keep), Landing: landing, DryRun: dryRun, Now: time.Now(), Out: a.out}
}
