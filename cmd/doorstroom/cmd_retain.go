package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/connectors"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/retain"
)

func newRetain(a *app) *cobra.Command {
	var landing string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "retain",
		Short: "Remove what is kept longer than its period",
		Long: `Removes, layer by layer, what the settings DOORSTROOM_KEEP_... no longer keep:
messages of Kafka, raw rows of refused and of replaced deliveries, facts of builds
that do not stand, copies of delivered files, old books. 'doorstroom config' lists
the periods. Each removal is noted in ops.retention: layer, what, how much, when
and which period. 'doorstroom serve' does the same after every run.

Says what was looked through when nothing is past its period.

Nothing goes that an edition is made of which can still be built. Files that
suppliers laid down themselves are not touched.`,
		Example: "  doorstroom retain --dry-run\n  DOORSTROOM_KEEP_COPIES=30 doorstroom retain --landing landing",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if landing == "" {
				landing = a.settings.Landing
			}
			return a.withEngines(cmd.Context(), true, func(ctx context.Context, e *engines) error {
				return a.alone(ctx, e, "retain", func(ctx context.Context) error { return a.retainAndTell(ctx, e, landing, dryRun, time.Now()) })
			})
		},
	}
	cmd.Flags().StringVar(&landing, "landing", "", "landing folder (default DOORSTROOM_LANDING); without one copies of files are not looked at")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would go and do nothing")
	return cmd
}

// retainAndTell tells too when nothing goes, and what was looked through.
func (a *app) retainAndTell(ctx context.Context, e *engines, landing string, dryRun bool, now time.Time) error {
	n, err := a.retain(ctx, e, landing, dryRun, now)
	if err != nil || n > 0 {
		return err
	}
	var looked, kept []string
	for _, layer := range retain.Periods(a.settings.Keep).Layers() {
		switch {
		case layer.Days == 0:
			kept = append(kept, layer.Name)
		case layer.Name == retain.Copies && landing == "":
			kept = append(kept, layer.Name+" (no landing folder is given)")
		default:
			looked = append(looked, fmt.Sprintf("%s (%d days)", layer.Name, layer.Days))
		}
	}
	fmt.Fprintf(a.out, "nothing is past its period; looked through: %s\n", cmp.Or(strings.Join(looked, ", "), "nothing"))
	if len(kept) > 0 {
		fmt.Fprintf(a.out, "not looked through, kept as they are: %s\n", strings.Join(kept, ", "))
	}
	return nil
}

// retain removes what is too old at a moment, tells what that was, and counts it.
func (a *app) retain(ctx context.Context, e *engines, landing string, dryRun bool, now time.Time) (n int, err error) {
	if err := kafka.EnsureTopics(ctx, e.kafka); err != nil {
		return 0, environment(err)
	}
	broken, err := erase.Pending(ctx, e.db)
	if err != nil {
		return 0, err
	}
	if broken != nil {
		return 0, errBrokenOff
	}
	k := a.settings.Keep
	for _, days := range []int{k.Messages, k.Refused, k.Held, k.Replaced, k.Builds, k.Copies, k.Ledger} {
		if days < 0 {
			return 0, usage(errors.New("a setting DOORSTROOM_KEEP_... is negative: give days, or 0 to keep for ever"))
		}
	}
	job := &retain.Job{Warehouse: e.db, Kafka: e.kafka, Now: now, DryRun: dryRun, Periods: retain.Periods(k)}
	removed, err := job.Run(ctx)
	a.tellRemoved(removed, dryRun)
	if err != nil || landing == "" {
		return len(removed), err
	}
	copies, err := a.retainCopies(ctx, e, job, landing)
	a.tellRemoved(copies, dryRun)
	return len(removed) + len(copies), err
}

// retainCopies removes the files of copies whose delivery was decided long enough ago.
func (a *app) retainCopies(ctx context.Context, e *engines, job *retain.Job, landing string) (removed []retain.Removal, err error) {
	before, goes := job.CopiesBefore()
	if !goes {
		return nil, nil
	}
	copies, err := connectors.Copies(ctx, landing)
	if err != nil {
		return nil, err
	}
	decided, err := delivery.DecidedBefore(ctx, e.db, before)
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		if !decided(c.Supplier, c.DeliveryID(), c.ManifestSHA256) {
			continue
		}
		r := retain.Removal{Layer: retain.Copies, What: c.Supplier + "/" + c.Folder, Amount: uint64(len(c.Files)), Unit: "files", Days: job.Periods.Copies, Before: before}
		if err := job.Do(ctx, r, func(context.Context) error { return connectors.RemoveFiles(landing, c) }); err != nil {
			return removed, err
		}
		removed = append(removed, r)
	}
	return removed, nil
}

func (a *app) tellRemoved(removed []retain.Removal, dryRun bool) {
	verb := "removed"
	if dryRun {
		verb = "would remove"
	}
	for _, r := range removed {
		what := r.What
		if r.Record != "" {
			what += " " + r.Record
		}
		if r.Unit == retain.Seen {
			fmt.Fprintf(a.out, "%s: %s, noted now, goes in %d days unless it is decided\n", r.Layer, what, r.Days)
			continue
		}
		fmt.Fprintf(a.out, "%s: %s %s, %d %s (%d days)\n", r.Layer, verb, what, r.Amount, r.Unit, r.Days)
	}
}
