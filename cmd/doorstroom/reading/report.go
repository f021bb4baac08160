package reading

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/report"
	"doorstroom/schemas"
)

func newReport(a *app.App) *cobra.Command {
	var o report.Options
	var cutOff string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write the report of an edition",
		Long: `Writes the report of an edition as one self-contained HTML file, in Dutch
unless asked otherwise. It reads the marts only, and is for internal use.`,
		Example: "  doorstroom report --edition 2026-06-30 --out report\n  doorstroom report --edition 2026-06-30 --out report --lang en",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := input.Day("--edition", cutOff)
			if err != nil {
				return err
			}
			if o.Lang != "nl" && o.Lang != "en" {
				return exit.Usage(fmt.Errorf("--lang %q: use nl or en", o.Lang))
			}
			o.Edition = schemas.DateFromTime(day)
			return a.WithWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
				standing, err := edition.ReadEdition(ctx, e.Warehouse, o.Edition)
				if err != nil && !errors.Is(err, edition.ErrNoEdition) {
					return err
				}
				if err == nil {
					if err := marts.Hold(ctx, e.Warehouse, marts.Edition{CutOff: o.Edition, Build: standing.Build, Closed: standing.Closed}); err != nil {
						return err
					}
				}
				paths, err := report.Write(ctx, e.Warehouse, o)
				for _, p := range paths {
					fmt.Fprintln(a.Out, p)
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&cutOff, "edition", "", "cut-off day of the edition")
	cmd.Flags().StringVar(&o.OutDir, "out", "report", "folder for the report")
	cmd.Flags().StringVar(&o.Lang, "lang", "nl", "nl or en")
	_ = cmd.MarkFlagRequired("edition")
	return cmd
}
