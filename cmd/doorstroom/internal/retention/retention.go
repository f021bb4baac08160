// Package retention removes what is kept longer than its period, in the warehouse and Kafka by pipelines/retain and in the
// landing folder by connectors, and tells what that was.
package retention

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/connectors"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/retain"
)

// Job removes what is too old at a moment and tells it on Out.
type Job struct {
	Engines *engines.Engines
	Periods retain.Periods
	// Landing is the landing folder; without one copies of files are not looked at.
	Landing string
	// DryRun only tells.
	DryRun bool
	Now    time.Time
	Out    io.Writer
}

// RunAndTell tells too when nothing goes, and what was looked through.
func (j *Job) RunAndTell(ctx context.Context) error {
	n, err := j.Run(ctx)
	if err != nil || n > 0 {
		return err
	}
	var looked, kept []string
	for _, layer := range j.Periods.Layers() {
		switch {
		case layer.Days == 0:
			kept = append(kept, layer.Name)
		case layer.Name == retain.Copies && j.Landing == "":
			kept = append(kept, layer.Name+" (no landing folder is given)")
		default:
			looked = append(looked, fmt.Sprintf("%s (%d days)", layer.Name, layer.Days))
		}
	}
	fmt.Fprintf(j.Out, "nothing is past its period; looked through: %s\n", cmp.Or(strings.Join(looked, ", "), "nothing"))
	if len(kept) > 0 {
		fmt.Fprintf(j.Out, "not looked through, kept as they are: %s\n", strings.Join(kept, ", "))
	}
	return nil
}

// Run removes what is too old, tells what that was, and counts it.
func (j *Job) Run(ctx context.Context) (n int, err error) {
	if err := kafka.EnsureTopics(ctx, j.Engines.Kafka); err != nil {
		return 0, err
	}
	broken, err := erase.Pending(ctx, j.Engines.Warehouse)
	if err != nil {
		return 0, err
	}
	if broken != nil {
		return 0, job.ErrBrokenOff
	}
	for _, layer := range j.Periods.Layers() {
		if layer.Days < 0 {
			return 0, exit.Usage(errors.New("a setting DOORSTROOM_KEEP_... is negative: give days, or 0 to keep for ever"))
		}
	}
	rows := &retain.Job{Warehouse: j.Engines.Warehouse, Kafka: j.Engines.Kafka, Now: j.Now, DryRun: j.DryRun, Periods: j.Periods}
	removed, err := rows.Run(ctx)
	j.tell(removed)
	if err != nil || j.Landing == "" {
		return len(removed), err
	}
	copies, err := j.copies(ctx, rows)
	j.tell(copies)
	return len(removed) + len(copies), err
}

// copies removes the files of copies whose delivery was decided long enough ago.
func (j *Job) copies(ctx context.Context, rows *retain.Job) (removed []retain.Removal, err error) {
	before, goes := rows.CopiesBefore()
	if !goes {
		return nil, nil
	}
	copies, err := connectors.Copies(ctx, j.Landing)
	if err != nil {
		return nil, err
	}
	decided, err := delivery.DecidedBefore(ctx, j.Engines.Warehouse, before)
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		if !decided(c.Supplier, c.DeliveryID(), c.ManifestSHA256) {
			continue
		}
		r := retain.Removal{Layer: retain.Copies, What: c.Supplier + "/" + c.Folder, Amount: uint64(len(c.Files)), Unit: "files", Days: j.Periods.Copies, Before: before}
		if err := rows.Do(ctx, r, func(context.Context) error { return connectors.RemoveFiles(j.Landing, c) }); err != nil {
			return removed, err
		}
		removed = append(removed, r)
	}
	return removed, nil
}

func (j *Job) tell(removed []retain.Removal) {
	verb := "removed"
	if j.DryRun {
		verb = "would remove"
	}
	for _, r := range removed {
		what := r.What
		if r.Record != "" {
			what += " " + r.Record
		}
		if r.Unit == retain.Seen {
			fmt.Fprintf(j.Out, "%s: %s, noted now, goes in %d days unless it is decided\n", r.Layer, what, r.Days)
			continue
		}
		fmt.Fprintf(j.Out, "%s: %s %s, %d %s (%d days)\n", r.Layer, verb, what, r.Amount, r.Unit, r.Days)
	}
}
