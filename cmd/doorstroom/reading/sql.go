package reading

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/query"
)

func newSQL(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sql [QUERY]",
		Short: "Ask the warehouse a question in SQL",
		Long: `Runs one reading query on the warehouse and prints its rows on stdout.
Databases: facts (what came out), ops (deliveries, quarantine, editions),
marts (tables for reports), raw (records as loaded).

It asks as a user who may read these, and list what is in them, and nothing else:
no files, no other servers, no changes, no settings. On a server of your own that
user is DOORSTROOM_CLICKHOUSE_SQL_USER; without it DOORSTROOM_CLICKHOUSE_USER
asks, who sees all that he may see.

The command line is seen by others and shells remember it: give a query that names
a pseudonym on standard input, without QUERY.`,
		Example: `  doorstroom sql "SELECT cohort, count() FROM facts.person GROUP BY cohort ORDER BY cohort"
  doorstroom sql --format Parquet "SELECT * FROM marts.cohort_by_k" > cohort_by_k.parquet
  doorstroom sql < question.sql`,
		Args: cobra.MaximumNArgs(1),
	}
	format := lists.Flag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := lists.Format(*format, a.Out)
		if err != nil {
			return err
		}
		question, err := input.Question(cmd.InOrStdin(), args)
		if err != nil {
			return err
		}
		return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
			err := e.Questions.RefuseElsewhere(ctx, question, terminal.Shown)
			var elsewhere *query.ElsewhereError
			if errors.As(err, &elsewhere) {
				return exit.Usage(err)
			}
			if err != nil {
				return err
			}
			return lists.Print(ctx, e.Questions, e.Questions.People, question, f, a.Out)
		})
	}
	return cmd
}
