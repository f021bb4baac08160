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
	"doorstroom/schemas"
)

func newSQL(a *app.App) *cobra.Command {
	var edition, file string
	cmd := &cobra.Command{
		Use:   "sql [QUERY]",
		Short: "Ask the warehouse a question in SQL",
		Long: `Runs one reading query on the warehouse and prints its rows on stdout.
Databases: facts (what came out) and marts (tables for reports), of all editions;
latest and as_of (the same of one edition, as_of.person(date = '2026-06-30'));
publication (what was released); ops (deliveries, quarantine, editions); raw
(records as loaded).

It asks as a user who may read these, and list what is in them, and nothing else:
no files, no other servers, no changes, no settings. On a server of your own that
user is DOORSTROOM_CLICKHOUSE_SQL_USER; without it DOORSTROOM_CLICKHOUSE_USER
asks, who sees all that he may see.

The command line is seen by others and shells remember it: give a query that names
a pseudonym on standard input, without QUERY, or in a file.

--edition gives the query its {edition:Date}, so that one text serves every
edition.`,
		Example: `  doorstroom sql "SELECT cohort, count() FROM latest.person GROUP BY cohort ORDER BY cohort"
  doorstroom sql --format Parquet "SELECT * FROM marts.cohort_by_k" > cohort_by_k.parquet
  doorstroom sql --edition 2026-06-30 "SELECT persons FROM marts.editions WHERE edition = {edition:Date}"
  doorstroom sql --file question.sql`,
		Args: cobra.MaximumNArgs(1),
	}
	format := lists.Flag(cmd)
	cmd.Flags().StringVar(&file, "file", "", "file with the query")
	cmd.Flags().StringVar(&edition, "edition", "", "cut-off day that the query calls {edition:Date}")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := lists.Format(*format, a.Out)
		if err != nil {
			return err
		}
		question, err := input.Question(cmd.InOrStdin(), args, file)
		if err != nil {
			return err
		}
		parameters := map[string]string{}
		if edition != "" {
			day, err := input.Day("--edition", edition)
			if err != nil {
				return err
			}
			parameters["edition"] = schemas.DateFromTime(day).String()
		}
		return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
			e.Questions.Parameters = parameters
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
