package publication

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/publish"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/publish/opendata"
	"doorstroom/schemas"
)

func newPublish(a *app.App) *cobra.Command {
	o := publish.Options{Program: app.Version}
	var cutOff, out string
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "publish --edition DATE",
		Short: "Release the tables of the catalogue, protected and audited",
		Long: `Releases the numbers of an edition: the tables of the catalogue, and nothing
else. All of them are protected at once, together with everything that was
released before; an attack by other code then looks at what an outsider would
see, and only when every range is wide enough they appear in database
publication, all at the same instant. The edition is closed with it: 'doorstroom
run' never builds it again.

The same edition and catalogue once more only verify what stands, and write the
same files for --out. Another catalogue makes a revision of the edition, which needs its reasons (--why).

Exit codes: 0 released; 1 a range stays too narrow because of earlier releases;
2 refused: the catalogue, a mart or an edition is not as it must be; 3 not
finished within --limit. After 1, 2 and 3 nothing is released.`,
		Example: `  doorstroom publish --edition 2026-06-30 --dry-run
  doorstroom publish --edition 2026-06-30`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := input.Day("--edition", cutOff)
			if err != nil {
				return err
			}
			if o.DryRun && out != "" {
				return exit.Usage(errors.New("--dry-run releases nothing that --out could write; leave out one of the two"))
			}
			o.Edition = schemas.DateFromTime(day)
			return release(cmd.Context(), a, o, out, limit)
		},
	}
	cmd.Flags().StringVar(&cutOff, "edition", "", "cut-off day of the edition")
	_ = cmd.MarkFlagRequired("edition")
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "protect and audit, and release nothing")
	cmd.Flags().StringVar(&o.Folder, "catalogue", "", "folder with another catalogue than the program's")
	cmd.Flags().StringVar(&out, "out", "", "folder for the release as open data: CSV with CSVW, Parquet, DCAT-AP-NL")
	cmd.Flags().StringVar(&o.Who, "who", app.UserName(), "who releases it")
	cmd.Flags().StringVar(&o.Why, "why", "", "reasons of a revision")
	limitFlag(cmd, &limit)
	return cmd
}

func release(ctx context.Context, a *app.App, o publish.Options, out string, limit time.Duration) error {
	return a.WithWarehouse(ctx, func(ctx context.Context, e *engines.Engines) error {
		return e.Alone(ctx, "publish", func(ctx context.Context) error {
			ctx, stop := context.WithTimeout(ctx, limit)
			defer stop()
			r, err := publish.Publish(ctx, e.Warehouse, o)
			if err != nil {
				return unpublished(err)
			}
			tell(a, r, o.DryRun)
			if out == "" {
				return nil
			}
			return opendata.Write(out, r.Catalogue, r.Ledgered, r.Tables)
		})
	})
}

// tell says what a release came to.
func tell(a *app.App, r *publish.Result, dry bool) {
	var shown, hidden uint64
	for _, t := range r.Tables {
		s, h := t.Cells()
		shown, hidden = shown+s, hidden+h
		fmt.Fprintf(a.Out, "%s: %d cells published, %d suppressed\n", t.Entry.Name, s, h)
	}
	what := "released"
	switch {
	case r.Stood:
		what = "stands already, and is as the ledger has it"
	case dry:
		what = "could be released; nothing was written"
	}
	fmt.Fprintf(a.Out, "release %s: %d tables, %d cells published, %d suppressed to protect people; %s\n", r.Release, len(r.Tables), shown, hidden, what)
}

// unpublished gives an error of publishing its exit code.
func unpublished(err error) error {
	var wrong *catalogue.Error
	var narrow *publish.TooNarrow
	switch {
	case errors.As(err, &wrong), errors.Is(err, edition.ErrNoEdition):
		return exit.Usage(err)
	case errors.As(err, &narrow):
		return exit.Coded{Err: err, Code: exitTooNarrow}
	}
	return judged(err)
}
