package operator

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/warehouse"
)

func newRelease(a *app.App) *cobra.Command {
	var who, why string
	cmd := &cobra.Command{
		Use:   "release DELIVERY",
		Short: "Accept a delivery that was held as implausible, or withdrawn",
		Long: `Accepts a delivery that was held because it shrank implausibly
(implausible_shrink) or no longer fills a field (implausible_empty), after a person
looked at it, or takes back a withdrawal. Who and why are recorded in
ops.operator_action. Build the edition again afterwards with 'doorstroom run'.`,
		Example: `  doorstroom release uwv-2026-06-full --why "UWV confirmed by letter of 3 July"
  doorstroom release municipality/utrecht-2026-06 --why "boundary change"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.ByHand(cmd.Context(), "release", args[0], func(ctx context.Context, db *warehouse.DB, supplier, id string) error {
				if err := delivery.Release(ctx, db, supplier, id, who, why); err != nil {
					return err
				}
				_, err := fmt.Fprintf(a.Out, "released %s; the next 'doorstroom run' counts it\n", args[0])
				return err
			})
		},
	}
	cmd.Flags().StringVar(&who, "who", app.UserName(), "who releases it")
	cmd.Flags().StringVar(&why, "why", "", "why it is right after all")
	return cmd
}
