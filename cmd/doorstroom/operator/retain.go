package operator

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
)

func newRetain(a *app.App) *cobra.Command {
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
			landing = a.Landing(landing)
			return a.With(cmd.Context(), engines.Needs{Kafka: true}, func(ctx context.Context, e *engines.Engines) error {
				return e.Alone(ctx, "retain", a.Retention(e, landing, dryRun).RunAndTell)
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING); without one copies of files are not looked at")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would go and do nothing")
	return cmd
}
