package main

import (
	"context"

	"github.com/spf13/cobra"
)

func newSQL(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sql QUERY",
		Short: "Ask the warehouse a question in SQL",
		Long: `Runs one reading query on the warehouse and prints its rows on stdout.
Databases: facts (what came out), ops (deliveries, quarantine, editions),
marts (tables for reports), raw (records as loaded).

It asks as a user who may read these, and list what is in them, and nothing else:
no files, no other servers, no changes, no settings. On a server of your own that
user is DOORSTROOM_CLICKHOUSE_SQL_USER; without it DOORSTROOM_CLICKHOUSE_USER
asks, who sees all that he may see.`,
		Example: `  doorstroom sql "SELECT cohort, count() FROM facts.person GROUP BY cohort ORDER BY cohort"
  doorstroom sql --format Parquet "SELECT * FROM marts.cohort_by_k" > cohort_by_k.parquet`,
		Args: cobra.ExactArgs(1),
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := clickHouseFormat(*format, a.out)
		if err != nil {
			return err
		}
		return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
			return e.ask(ctx, e.reader, args[0], f, a.out)
		})
	}
	return cmd
}

// printQuery starts or reaches ClickHouse and prints the rows of one of the program's own queries.
func (a *app) printQuery(cmd *cobra.Command, sql, format string) error {
	f, err := clickHouseFormat(format, a.out)
	if err != nil {
		return err
	}
	return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
		return e.query(ctx, sql, f, a.out)
	})
}
