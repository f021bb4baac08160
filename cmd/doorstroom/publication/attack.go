package publication

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/disclosure/spec"
)

// limitFlag adds --limit to a command that may take very long.
func limitFlag(cmd *cobra.Command, limit *time.Duration) {
	cmd.Flags().DurationVar(limit, "limit", 10*time.Minute, "time after which to give up with exit code 3")
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
func note(a *app.App, m *cells.Model) {
	for _, line := range m.Notes {
		fmt.Fprintln(a.Err, "note: "+line)
	}
}

// attack audits with a bar on a terminal.
func attack(ctx context.Context, a *app.App, view *cells.View, with audit.Options) (*audit.Report, error) {
	if terminal.Is(a.Err) {
		bar := terminal.NewProgress(a.Err)
		bar.Start("audit", "ranges", 0)
		defer bar.Stop()
		with.Progress = func(done, total int) { bar.Set(int64(done), int64(total)) }
	}
	return audit.Audit(ctx, view, with)
}
