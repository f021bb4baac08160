package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/run"
	"doorstroom/pipelines/warehouse"
)

// runOptions are the arguments of run.
type runOptions struct {
	landing, asOf, only, from, definitions string
	dryRun                                 bool
}

func newRun(a *app) *cobra.Command {
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
		RunE: func(cmd *cobra.Command, _ []string) error { return a.run(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	cmd.Flags().StringVar(&o.asOf, "as-of", today(), "cut-off day of the edition")
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

func (a *app) run(ctx context.Context, o runOptions) error {
	asOf, err := parseDay("--as-of", o.asOf)
	if err != nil {
		return err
	}
	steps, err := run.Choose(o.only, o.from)
	if err != nil {
		return usage(err)
	}
	definitions, err := a.definitions(o.definitions)
	if err != nil {
		return err
	}
	if o.landing == "" {
		o.landing = a.settings.Landing
	}
	if steps[0] == run.Load && o.landing == "" {
		return usage(fmt.Errorf("no landing folder: give --landing or set DOORSTROOM_LANDING"))
	}
	// Marts are made in ClickHouse alone.
	n := needs{kafka: steps[0] != run.Marts, migrate: !o.dryRun, anyTables: o.dryRun, wait: a.settings.Patience}
	return a.with(ctx, n, func(ctx context.Context, e *engines) error {
		m := &mainJob{app: a, engines: e, landing: o.landing, asOf: asOf, definitions: definitions, bar: newProgress(a.words())}
		defer m.bar.stop()
		if o.dryRun {
			return m.plan(ctx, steps)
		}
		return a.alone(ctx, e, "run", func(ctx context.Context) error { return m.run(ctx, steps) })
	})
}

// definitions gives the version to make an edition with: what was asked for,
// else the setting, else the newest.
func (a *app) definitions(asked string) (string, error) {
	from := "--definitions"
	if asked == "" {
		asked, from = a.settings.Definitions, "DOORSTROOM_DEFINITIONS"
	}
	if asked == "" {
		return definition.Published().Newest().Version, nil
	}
	d, err := definition.Published().Version(asked)
	if err != nil {
		return "", usage(fmt.Errorf("%s: %w", from, err))
	}
	return d.Version, nil
}

// mainJob is one run.
type mainJob struct {
	app     *app
	engines *engines
	landing string
	asOf    time.Time
	// definitions is the version of those that the edition is made with.
	definitions string
	bar         *progress

	refused int
	summary []string
}

// say adds a line to what the run ends with.
func (m *mainJob) say(format string, args ...any) {
	m.summary = append(m.summary, fmt.Sprintf(format, args...))
}

// tell prints what happened.
func (m *mainJob) tell() {
	for _, line := range m.summary {
		fmt.Fprintln(m.app.out, line)
	}
}

// run does the steps, keeps the ledger and prints what happened.
func (m *mainJob) run(ctx context.Context, steps []run.Step) error {
	broken, err := erase.Pending(ctx, m.engines.db)
	if err != nil {
		return err
	}
	if broken != nil {
		return errBrokenOff
	}
	ledger, err := run.Begin(ctx, m.engines.db, m.app.patience(), m.asOf, steps, version)
	if err != nil {
		return err
	}
	do := map[run.Step]func(context.Context) (rows uint64, err error){run.Load: m.load, run.Facts: m.facts, run.Marts: m.marts}
	defer m.tell() // what was decided holds, whatever broke off after it
	for _, step := range steps {
		err := ledger.Do(ctx, step, do[step])
		if hidden := m.engines.db.AllRows(ctx); errors.Is(hidden, warehouse.ErrRowsHidden) { // a table that was empty tells of a policy only now
			return environment(errors.Join(hidden, err))
		}
		if err != nil {
			return err
		}
	}
	if err := ledger.End(ctx); err != nil {
		return err
	}
	if m.refused > 0 {
		return errRefused
	}
	return nil
}
