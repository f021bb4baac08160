package making

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/feedback"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/connectors"
)

// errWouldBeRefused ends a check of what a run would refuse.
var errWouldBeRefused = exit.Coded{Err: errors.New("a delivery would be refused; see the reason above, correct it and check again"), Code: exit.CodeRefused}

func newCheck(a *app.App) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check DIR",
		Short: "Tell whether a delivery would be accepted, before it is sent",
		Long: `Reads deliveries just as 'doorstroom run' does and gives the same verdict, but
sends nothing and needs no Kafka and no ClickHouse: for suppliers, before they
send. DIR is one delivery (the folder that holds manifest.json), the folder of
one supplier, or a whole landing folder.

Prints what would be put aside: record, file, row, column, rule and what is
expected, never a value; and for each delivery the verdict and its totals. A row
is the n-th record of its file, from 1: a header and blank lines are not counted.
docs/for_suppliers.md describes deliveries, every reason and every rule.
At most 1,000,000 entries are listed; the totals count them all.

Says per file what was ignored: columns that the contract does not know, and
optional ones that no row fills.

Three reasons need the warehouse and are not judged here: delivery_id_reused,
implausible_shrink and implausible_empty.

Exit code 0 when all would be accepted, 4 when one would be refused.`,
		Example: `  doorstroom check landing/coa/coa-2026-06
  doorstroom check landing --format JSON
  doorstroom check landing/uwv --format CSV > entries.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return check(cmd.Context(), a, args[0], format) },
	}
	cmd.Flags().StringVar(&format, "format", "", "CSV, JSON or table (default: table on a terminal, else CSV)")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"CSV", "JSON", "table"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func check(ctx context.Context, a *app.App, dir, format string) error {
	print, err := checkFormat(a, format)
	if err != nil {
		return err
	}
	bar := terminal.NewProgress(a.Words())
	defer bar.Stop()
	reader := connectors.New(connectors.Options{KeyVersions: a.Settings.KeyVersions, Workers: a.Settings.Workers, Log: a.Log,
		Progress: func(done, total int64) { bar.Set(done, total) }})
	deliveries, err := reader.At(ctx, dir)
	if errors.Is(err, connectors.ErrNoDelivery) {
		return exit.Usage(err)
	}
	if err != nil {
		return exit.Environment(err)
	}
	bar.Start("check", "bytes", 0)
	found := &feedback.Aside{}
	closed, err := reader.Check(ctx, deliveries, found.Add)
	bar.Stop()
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	result := feedback.NewCheck(closed, found)
	if err := print(result); err != nil {
		return fmt.Errorf("print the check: %w", err)
	}
	for _, d := range result.Deliveries {
		if d.Verdict == feedback.Refused {
			return errWouldBeRefused
		}
	}
	return nil
}
