package publication

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/publish"
)

func newReleases(a *app.App) *cobra.Command {
	var verify bool
	cmd := &cobra.Command{
		Use:   "releases",
		Short: "List the ledger of releases; with --verify hold every table against it",
		Long: `Lists what was released, the oldest first: release, edition, versions of
catalogue and definitions, rules, how many cells are published and suppressed,
what the audit found, who and when, and a hash of every table and of the counts
that it was made from.

--verify computes the hashes once more, of what is published and of the marts,
and fails when one differs.`,
		Example: "  doorstroom releases\n  doorstroom releases --verify",
		Args:    cobra.NoArgs,
	}
	format := lists.Flag(cmd)
	cmd.Flags().BoolVar(&verify, "verify", false, "compute all hashes once more")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if verify {
			return verifyReleases(cmd.Context(), a)
		}
		return a.Print(cmd, publish.LedgerQuery(), *format)
	}
	return cmd
}

func verifyReleases(ctx context.Context, a *app.App) error {
	return a.WithWarehouse(ctx, func(ctx context.Context, e *engines.Engines) error {
		ledger, err := publish.Verify(ctx, e.Warehouse)
		for _, r := range ledger {
			fmt.Fprintf(a.Out, "release %s: %d tables as the ledger has them\n", r.Release, len(r.Tables))
		}
		return err
	})
}
