package publication

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/audit"
)

func newAudit(a *app.App) *cobra.Command {
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "audit SPEC",
		Short: "Tell what published tables give away about suppressed cells",
		Long: `Attacks tables of counts as somebody would who has all of them: prints, for
every suppressed cell, the least and the greatest whole number that it can be,
from everything that is published, how it was rounded and how tables add up.
A last part lists differences between two releases, or between a population and
one within it, that tell about a group smaller than the threshold.

SPEC is a YAML file that says which CSV files beside it are the tables; see
docs/protecting_tables.md. Every row must be published or suppressed.

Every range is exact and proven. high is inf when nothing limits it.

Exit codes: 0 all ranges are wide enough; 1 one is too narrow; 2 refused: the
tables do not fit together, and a cell is named; 3 not finished within --limit,
which is not a verdict.`,
		Example: `  doorstroom audit tables/spec.yaml
  doorstroom audit tables/spec.yaml --limit 1h > ranges.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return auditTables(cmd.Context(), a, args[0], limit) },
	}
	limitFlag(cmd, &limit)
	return cmd
}

func auditTables(ctx context.Context, a *app.App, path string, limit time.Duration) error {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	view, err := readDecided(path)
	if err != nil {
		return judged(err)
	}
	note(a, view.Model)
	report, err := attack(ctx, a, view, audit.Options{})
	if err != nil {
		return judged(err)
	}
	if err := report.WriteCSV(terminal.Raw(a.Out), view.Model); err != nil {
		return fmt.Errorf("print the ranges: %w", err)
	}
	return tooNarrow(view, report)
}
