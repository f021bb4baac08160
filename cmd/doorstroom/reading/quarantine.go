package reading

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/feedback"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/delivery"
)

func newQuarantine(a *app.App) *cobra.Command {
	var by, reply string
	cmd := &cobra.Command{
		Use:   "quarantine",
		Short: "List the records put aside: where they are and which rule they break",
		Long: `Lists one line per broken field of a record that was put aside: supplier,
delivery, record, file, row, field and rule. Never the value.

--by rule counts them per supplier, delivery, record, rule and field, with the
first rows as FILE:ROW. --reply writes a file per supplier into a folder, to send
back: file, row, column, rule and what is expected; no values, no pseudonyms and
no record numbers. Deliveries that were refused whole come first, with the reason,
what was found and what the supplier can do. A row is the n-th record of its file,
from 1: a header and blank lines are not counted.

A delivery that comes again under its id and is accepted takes the place of the
refused one, here too. A later full delivery that is accepted replaces all that
its supplier delivered of its records before: --by rule and --reply leave out
what was put aside of that; the plain list keeps it.`,
		Example: `  doorstroom quarantine
  doorstroom quarantine --by rule
  doorstroom quarantine --reply replies
  doorstroom quarantine --format CSV > quarantine.csv`,
		Args: cobra.NoArgs,
	}
	format := lists.Flag(cmd)
	cmd.Flags().StringVar(&by, "by", "", "rule: count per supplier, delivery, record, rule and field")
	cmd.Flags().StringVar(&reply, "reply", "", "folder to write a reply per supplier into, as SUPPLIER.csv")
	cmd.MarkFlagsMutuallyExclusive("by", "reply")
	cmd.MarkFlagsMutuallyExclusive("format", "reply")
	_ = cmd.RegisterFlagCompletionFunc("by", cobra.FixedCompletions([]string{"rule"}, cobra.ShellCompDirectiveNoFileComp))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case reply != "":
			return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
				return feedback.WriteReplies(ctx, e.Warehouse, reply, a.Out)
			})
		case by == "":
			return a.Print(cmd, delivery.QuarantineQuery(), *format, "delivery_id", "file")
		case by == "rule":
			return a.Print(cmd, delivery.QuarantineByRuleQuery(), *format, "delivery_id", "first_rows")
		}
		return exit.Usage(fmt.Errorf("--by %q: use rule", by))
	}
	return cmd
}
