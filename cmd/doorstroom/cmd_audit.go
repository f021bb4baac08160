package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/disclosure/spec"
)

// Exit codes of protect and audit beside those of every command, as the contract states them.
const (
	exitTooNarrow   = 1
	exitNotFinished = 3
)

func newAudit(a *app) *cobra.Command {
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
which is no verdict.`,
		Example: `  doorstroom audit tables/spec.yaml
  doorstroom audit tables/spec.yaml --limit 1h > ranges.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.audit(cmd.Context(), args[0], limit) },
	}
	limitFlag(cmd, &limit)
	return cmd
}

// limitFlag adds --limit to a command that may take very long.
func limitFlag(cmd *cobra.Command, limit *time.Duration) {
	cmd.Flags().DurationVar(limit, "limit", 10*time.Minute, "time after which to give up with exit code 3")
}

func (a *app) audit(ctx context.Context, path string, limit time.Duration) error {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	view, err := readDecided(path)
	if err != nil {
		return judged(err)
	}
	a.note(view.Model)
	report, err := a.attack(ctx, view, audit.Options{})
	if err != nil {
		return judged(err)
	}
	if err := report.WriteCSV(terminal.Raw(a.out), view.Model); err != nil {
		return fmt.Errorf("print the ranges: %w", err)
	}
	return tooNarrow(view, report)
}

// readDecided reads tables that are published.
func readDecided(path string) (*cells.View, error) {
	s, err := spec.Read(path)
	if err != nil {
		return nil, err
	}
	return s.Model.Seen()
}

// note says which lines of the SPEC do nothing.
func (a *app) note(m *cells.Model) {
	for _, line := range m.Notes {
		fmt.Fprintln(a.err, "note: "+line)
	}
}

// attack audits with a bar on a terminal.
func (a *app) attack(ctx context.Context, view *cells.View, with audit.Options) (*audit.Report, error) {
	if terminal.Is(a.err) {
		bar := terminal.NewProgress(a.err)
		bar.Start("audit", "ranges", 0)
		defer bar.Stop()
		with.Progress = func(done, total int) { bar.Set(int64(done), int64(total)) }
	}
	return audit.Audit(ctx, view, with)
}

// tooNarrow is the verdict about ranges that are.
func tooNarrow(view *cells.View, report *audit.Report) error {
	narrow := report.Narrow()
	if len(narrow) == 0 {
		return nil
	}
	return exit.Coded{Err: fmt.Errorf("%d ranges are narrower than %d, the first that of %s (%s); suppress more, or have 'doorstroom protect' do it",
		len(narrow), view.Range, view.Describe(narrow[0].Cell), narrow[0].Table), Code: exitTooNarrow}
}

// judged gives an error of protecting or auditing its exit code.
func judged(err error) error {
	var refusal *cells.Refusal
	switch {
	case errors.As(err, &refusal):
		return exit.Coded{Err: err, Code: exit.CodeUsage}
	case errors.Is(err, audit.ErrNotFinished):
		return exit.Coded{Err: fmt.Errorf("%w; a longer --limit may help, or fewer tables at a time", err), Code: exitNotFinished}
	}
	return err
}
