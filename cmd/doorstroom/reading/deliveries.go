package reading

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/delivery"
)

func newDeliveries(a *app.App) *cobra.Command {
	var detail bool
	cmd := &cobra.Command{
		Use:   "deliveries",
		Short: "List what came in: accepted, refused and why",
		Long: `Lists the decided deliveries with their counts, and for a refused one the reason
and, in column detail, what was found, where, and what is expected. One that is
refused as implausible_shrink or implausible_empty is held: 'doorstroom release'
accepts it when it is right after all.

--detail counts again: for each accepted delivery, its records and its files, the
rows in the file, accepted and quarantined, and the distinct rows that the raw
tables hold now, in number and in content, and per file the columns that the
contract does not know and the optional ones that no row fills. It fails, naming
the place, when something does not add up.`,
		Example: "  doorstroom deliveries\n  doorstroom deliveries --detail\n  doorstroom deliveries --format JSON",
		Args:    cobra.NoArgs,
	}
	format := lists.Flag(cmd)
	cmd.Flags().BoolVar(&detail, "detail", false, "hold every record and file of accepted deliveries against the raw tables")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !detail {
			return a.Print(cmd, delivery.DeliveriesQuery(), *format, "delivery_id", "detail")
		}
		return deliveriesInDetail(cmd.Context(), a, *format)
	}
	return cmd
}

func deliveriesInDetail(ctx context.Context, a *app.App, format string) error {
	as, err := lists.Format(format, a.Out)
	if err != nil {
		return err
	}
	return a.WithWarehouse(ctx, func(ctx context.Context, e *engines.Engines) error {
		if err := lists.Print(ctx, e.Questions, e.Questions.Program, delivery.DetailQuery(), as, a.Out); err != nil {
			return err
		}
		return delivery.Differences(ctx, e.Warehouse)
	})
}
