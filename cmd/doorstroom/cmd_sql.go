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
marts (tables for reports), raw (records as loaded).`,
		Example: `  doorstroom sql "SELECT cohort, count() FROM facts.person GROUP BY cohort ORDER BY cohort"
  doorstroom sql --format Parquet "SELECT * FROM marts.cohort_by_k" > cohort_by_k.parquet`,
		Args: cobra.ExactArgs(1),
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return a.printQuery(cmd, args[0], *format) }
	return cmd
}

// printQuery starts or reaches ClickHouse and prints a query's rows.
func (a *app) printQuery(cmd *cobra.Command, sql, format string) error {
	f, err := clickHouseFormat(format, a.out)
	if err != nil {
		return err
	}
	return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
		return e.query(ctx, sql, f, a.out)
	})
}
