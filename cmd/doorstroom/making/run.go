package making

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/mainjob"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// runOptions are the arguments of run.
type runOptions struct {
	landing, asOf, only, from, definitions string
	dryRun                                 bool
}

func newRun(a *app.App) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Read what is new, build an edition and its marts",
		Long: `Reads everything new in the landing folder (and at the suppliers' interfaces
that the settings name), decides which deliveries are accepted, links records
into persons, builds the facts of the edition as known on --as-of, and its
marts. Run again with nothing new it only looks. What a broken-off run left
undone, the next one does. While ClickHouse, Kafka or the schema registry is away,
at the start too, it tries again for as long as DOORSTROOM_PATIENCE, and then ends
with exit code 3. Tables of an older version are brought up to date first. An
edition is made with the newest definitions; --definitions makes it with older
ones, as often as wanted.

Steps: load, facts, marts.`,
		Example: `  doorstroom run --landing landing --as-of 2026-06-30
  doorstroom run --landing landing --only load
  doorstroom run --from facts --as-of 2026-06-30
  doorstroom run --from facts --as-of 2026-06-30 --definitions 1
  doorstroom run --landing landing --dry-run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), a, o) },
	}
	cmd.Flags().StringVar(&o.landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	cmd.Flags().StringVar(&o.asOf, "as-of", input.Today(), "cut-off day of the edition")
	cmd.Flags().StringVar(&o.only, "only", "", "one step only: load, facts or marts")
	cmd.Flags().StringVar(&o.from, "from", "", "from this step on: load, facts or marts")
	cmd.Flags().StringVar(&o.definitions, "definitions", "", "version of the definitions (default DOORSTROOM_DEFINITIONS, else the newest)")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "show the plan and do nothing")
	steps := cobra.FixedCompletions([]string{"load", "facts", "marts"}, cobra.ShellCompDirectiveNoFileComp)
	_ = cmd.RegisterFlagCompletionFunc("definitions", cobra.FixedCompletions(definition.Published().Versions(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("only", steps)
	_ = cmd.RegisterFlagCompletionFunc("from", steps)
	return cmd
}

func run(ctx context.Context, a *app.App, o runOptions) error {
	asOf, err := input.Day("--as-of", o.asOf)
	if err != nil {
		return err
	}
	steps, err := job.Choose(o.only, o.from)
	if err != nil {
		return exit.Usage(err)
	}
	definitions, err := mainjob.Definitions(o.definitions, a.Settings)
	if err != nil {
		return err
	}
	o.landing = a.Landing(o.landing)
	if steps[0] == job.Load && o.landing == "" {
		return exit.Usage(errors.New("no landing folder: give --landing or set DOORSTROOM_LANDING"))
	}
	// Marts are made in ClickHouse alone.
	n := engines.Needs{Kafka: steps[0] != job.Marts, Migrate: !o.dryRun, AnyTables: o.dryRun, Wait: a.Settings.Patience}
	return a.With(ctx, n, func(ctx context.Context, e *engines.Engines) error {
		bar := terminal.NewProgress(a.Words())
		defer bar.Stop()
		j := a.MainJob(e, o.landing, schemas.DateFromTime(asOf), definitions, bar)
		if o.dryRun {
			plan, err := j.Plan(ctx, steps)
			if err != nil {
				return err
			}
			wording.Plan(a.Out, j.CutOff, j.Definitions, plan)
			return nil
		}
		return e.Alone(ctx, "run", func(ctx context.Context) error { return mainjob.Run(ctx, j, steps, a.Out) })
	})
}
