package reading

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/lineage"
	"doorstroom/schemas"
)

func newDiff(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff EDITION EDITION",
		Short: "Count what changed between two editions, and why",
		Long: `Counts, per table of facts, cohort and column, the persons about whom the second
edition says something else than the first, and why: everything that differs
about the person is named. The reasons are new records, corrected records,
withdrawn records, new link, withdrawn link, definition, and time, when nothing
of these differs and only the cut-off, the last month or the geography moved.
Months after the last one of either edition are not compared.

A person is the same when the two editions share a pseudonym of it, whatever its
person_id. Column appeared and disappeared count persons, column rows those who
have other rows (another month, kind or spell, a conflict where there was none).
The other tables count persons who are in both editions. Each pseudonym of a
conflict is a person of its own; what others of the same conflict bring about is
the reason where a row of link_conflict changes and the person itself has none.

An edition that another version of the program made cannot be compared: see
'doorstroom explain --help'.`,
		Example: "  doorstroom diff 2026-03-31 2026-06-30\n  doorstroom diff 2026-03-31 2026-06-30 --format CSV > changes.csv",
		Args:    cobra.ExactArgs(2),
	}
	format := lists.Flag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return diff(cmd.Context(), a, args[0], args[1], *format)
	}
	return cmd
}

func diff(ctx context.Context, a *app.App, first, second, format string) error {
	before, err := input.Day("EDITION", first)
	if err != nil {
		return err
	}
	after, err := input.Day("EDITION", second)
	if err != nil {
		return err
	}
	f, err := lists.Format(format, a.Out)
	if err != nil {
		return err
	}
	return a.WithWarehouse(ctx, func(ctx context.Context, e *engines.Engines) error {
		c, err := lineage.Compare(ctx, e.Warehouse, schemas.DateFromTime(before), schemas.DateFromTime(after))
		if err != nil {
			return err
		}
		if err := lists.Print(ctx, e.Questions, e.Questions.Program, c.Query(), f, a.Out); err != nil {
			return err
		}
		return c.Drop(ctx)
	})
}
