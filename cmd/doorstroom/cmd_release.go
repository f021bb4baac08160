package main

import (
	"context"
	"fmt"
	osuser "os/user"
	"strings"

	"github.com/spf13/cobra"

	"doorstroom/pipelines/load"
)

func newRelease(a *app) *cobra.Command {
	var who, why string
	cmd := &cobra.Command{
		Use:   "release DELIVERY",
		Short: "Accept a delivery that was held as implausibly small, or withdrawn",
		Long: `Accepts a delivery that was held because it shrank implausibly
(implausible_shrink), after a person looked at it, or takes back a withdrawal.
Who and why are recorded in ops.operator_action. Build the edition again afterwards with 'doorstroom run'.`,
		Example: `  doorstroom release uwv-2026-06-full --why "UWV confirmed by letter of 3 July"
  doorstroom release municipality/utrecht-2026-06 --why "boundary change"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			supplier, delivery, found := strings.Cut(args[0], "/")
			if !found {
				supplier, delivery = "", args[0]
			}
			return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
				if err := load.Release(ctx, e.db, supplier, delivery, who, why); err != nil {
					return err
				}
				_, err := fmt.Fprintf(a.out, "released %s; the next 'doorstroom run' counts it\n", args[0])
				return err
			})
		},
	}
	cmd.Flags().StringVar(&who, "who", userName(), "who releases it")
	cmd.Flags().StringVar(&why, "why", "", "why it is right after all")
	return cmd
}

func userName() string {
	u, err := osuser.Current()
	if err != nil {
		return "unknown"
	}
	return u.Username
}
