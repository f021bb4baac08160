package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func newSQL(a *app) *cobra.Command {
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
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := clickHouseFormat(*format, a.out)
		if err != nil {
			return err
		}
		query, err := readQuery(cmd.InOrStdin(), args)
		if err != nil {
			return err
		}
		return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
			return e.ask(ctx, e.reader, query, f, a.out)
		})
	}
	return cmd
}

// maxQuery is more than ClickHouse parses unless it is told to.
const maxQuery = 1 << 20

// readQuery gives the query of the command line or, without one, of standard input.
func readQuery(in io.Reader, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return "", usage(errors.New("no query: give it as an argument or on standard input; see 'doorstroom sql --help'"))
	}
	text, err := io.ReadAll(io.LimitReader(in, maxQuery+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read the query from standard input: %w", err)
	case len(text) > maxQuery:
		return "", usage(errors.New("the query on standard input is longer than a MiB"))
	case strings.TrimSpace(string(text)) == "":
		return "", usage(errors.New("no query: give it as an argument or on standard input; see 'doorstroom sql --help'"))
	}
	return string(text), nil
}

// printQuery starts or reaches ClickHouse and prints the rows of one of the program's own queries. The named columns hold
// names of suppliers, which in a table for people stay on one line.
func (a *app) printQuery(cmd *cobra.Command, sql, format string, names ...string) error {
	f, err := clickHouseFormat(format, a.out)
	if err != nil {
		return err
	}
	if f == formats["table"] && len(names) > 0 {
		lines := make([]string, len(names))
		for i, name := range names {
			lines[i] = fmt.Sprintf(`replaceAll(%[1]s, '\n', '\\u000a') AS %[1]s`, name)
		}
		sql = "SELECT * REPLACE (" + strings.Join(lines, ", ") + ") FROM (" + sql + ")"
	}
	return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines) error {
		return e.query(ctx, sql, f, a.out)
	})
}
