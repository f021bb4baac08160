// Package lists prints rows of the warehouse as ClickHouse formats them: as a table for people, or for programs.
package lists

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/query"
)

// Flag adds --format to a command that prints rows.
func Flag(cmd *cobra.Command) *string {
	f := cmd.Flags().String("format", "", "CSV, JSON, Parquet or table (default: table on a terminal, else CSV)")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"CSV", "JSON", "Parquet", "table"}, cobra.ShellCompDirectiveNoFileComp))
	return f
}

// Format is ClickHouse's name of what --format says, or of what suits an output stream.
func Format(name string, out io.Writer) (string, error) {
	if name == "" {
		name = "CSV"
		if terminal.Is(out) {
			name = "table"
		}
	}
	f, ok := query.Format(name)
	if !ok {
		return "", exit.Usage(fmt.Errorf("format %q: use CSV, JSON, Parquet or table", name))
	}
	return f, nil
}

// Print prints the rows of a question that somebody asks.
func Print(ctx context.Context, server *query.Server, who query.User, question, format string, out io.Writer) error {
	if format != query.Table {
		out = terminal.Raw(out)
	}
	return server.Ask(ctx, who, question, format, out)
}
