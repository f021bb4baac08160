package operator

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/warehouse"
)

func newWithdraw(a *app.App) *cobra.Command {
	var who, why string
	cmd := &cobra.Command{
		Use:   "withdraw DELIVERY",
		Short: "Stop counting an accepted delivery",
		Long: `Takes back a delivery that was accepted and turns out to be wrong. It is then
refused as 'withdrawn', and the next 'doorstroom run' builds editions without it;
editions that were released (closed) stay as they are. The same delivery is not
read again; a corrected one may come under the same id. Who and why are recorded
in ops.operator_action. 'doorstroom release' takes a withdrawal back.`,
		Example: `  doorstroom withdraw uwv-2026-06-full --why "UWV: wrong month, letter of 3 July"
  doorstroom withdraw municipality/utrecht-2026-06 --why "test data"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(why) == "" {
				return exit.Usage(errors.New("--why is empty: say why it no longer counts"))
			}
			return a.ByHand(cmd.Context(), "withdraw", args[0], func(ctx context.Context, db *warehouse.DB, supplier, id string) error {
				if err := delivery.Withdraw(ctx, db, supplier, id, who, why); err != nil {
					return err
				}
				_, err := fmt.Fprintf(a.Out, "withdrew %s; the next 'doorstroom run' builds editions without it\n", args[0])
				return err
			})
		},
	}
	cmd.Flags().StringVar(&who, "who", app.UserName(), "who withdraws it")
	cmd.Flags().StringVar(&why, "why", "", "why it no longer counts (required)")
	_ = cmd.MarkFlagRequired("why")
	return cmd
}
