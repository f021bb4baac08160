package app

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/query"
)

// Print prints the rows of one of the program's own queries. The named columns hold names of suppliers, which in a table
// for people stay on one line.
func (a *App) Print(cmd *cobra.Command, sql, format string, names ...string) error {
	f, err := lists.Format(format, a.Out)
	if err != nil {
		return err
	}
	if f == query.Table && len(names) > 0 {
		sql = query.OnOneLine(sql, names...)
	}
	return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
		return lists.Print(ctx, e.Questions, e.Questions.Program, sql, f, a.Out)
	})
}
