package publication

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/spec"
)

func newProtect(a *app.App) *cobra.Command {
	var out string
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "protect SPEC --out DIR",
		Short: "Suppress and round tables of counts until they give no one away",
		Long: `Suppresses the counts that are below the threshold, then others until the
small ones cannot be computed from all that is published, and rounds the rest.
All tables of the SPEC are protected at once, with what was published before.
What comes out is audited before it is written.

SPEC is a YAML file that says which CSV files beside it are the tables; see
docs/protecting_tables.md. A row that is ordered published or suppressed keeps
that status; a table in which every row has a status was published before, and
stays as it is.

DIR gets the tables under their own names, and the SPEC as spec.yaml, so that
'doorstroom audit DIR/spec.yaml' shows the ranges.

Exit codes: 0 all ranges are wide enough; 1 one stays too narrow because of what
was published before (the tables are written; do not publish them); 2 refused,
a cell is named and nothing is written; 3 not finished within --limit, nothing
is written.`,
		Example: `  doorstroom protect counts/spec.yaml --out safe
  doorstroom audit safe/spec.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return protect(cmd.Context(), a, args[0], out, limit) },
	}
	cmd.Flags().StringVar(&out, "out", "", "folder for the protected tables; made if it is not there")
	_ = cmd.MarkFlagRequired("out")
	limitFlag(cmd, &limit)
	return cmd
}

func protect(ctx context.Context, a *app.App, path, out string, limit time.Duration) error {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	s, err := spec.Read(path)
	if err != nil {
		return judged(err)
	}
	note(a, s.Model)
	view, err := disclosure.Protect(ctx, s.Model, audit.Ranges)
	if err != nil {
		return judged(err)
	}
	var verdict error
	err = s.Write(out, view, func(path string) (err error) {
		verdict, err = auditWritten(ctx, a, path, s.Model.Counts())
		return err
	})
	if err != nil {
		return judged(err)
	}
	return verdict
}

// auditWritten reads protected tables as anybody would, and attacks them. The
// true counts spare it looking for counts that fit; they are in the same order.
func auditWritten(ctx context.Context, a *app.App, path string, counts []int64) (verdict, err error) {
	view, err := readDecided(path)
	if err != nil {
		return nil, err
	}
	report, err := attack(ctx, a, view, audit.Options{Enough: true, Known: counts})
	if err != nil {
		return nil, err
	}
	return tooNarrow(view, report), nil
}
