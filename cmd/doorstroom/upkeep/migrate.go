package upkeep

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
)

func newMigrate(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the tables of the warehouse up to date",
		Long: `Makes the databases and tables of doorstroom, or brings those of an older version
up to date, and does nothing else; again, it does nothing. 'run' and 'serve' do it
too. No other command does: they need no right to make or change tables, and say
so when the tables are older. Tables of a newer version are refused by all.`,
		Example: "  doorstroom migrate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.With(cmd.Context(), engines.Needs{AnyTables: true}, func(ctx context.Context, e *engines.Engines) error {
				n, err := e.Warehouse.Migrate(ctx)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.Out, "migrations applied: %d\n", n)
				return err
			})
		},
	}
}
