package retain

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
)

// messages finds messages that are old and that their reader has.
func (j *Job) messages(ctx context.Context, before time.Time) (steps []step, err error) {
	old, err := kafka.OldMessages(ctx, j.Kafka, load.DefaultGroup, before)
	if err != nil {
		return nil, err
	}
	for _, o := range old {
		steps = append(steps, step{
			Removal: Removal{What: fmt.Sprintf("%s, partition %d", o.Topic, o.Partition), Amount: uint64(o.To - o.From), Unit: "messages"},
			remove:  func(ctx context.Context) error { return kafka.DropMessages(ctx, j.Kafka, o) },
		})
	}
	return steps, nil
}

// builds finds facts of builds that are not current.
func (j *Job) builds(ctx context.Context, before time.Time) (steps []step, err error) {
	old, err := edition.OldBuilds(ctx, j.Warehouse, before)
	if err != nil {
		return nil, err
	}
	for _, b := range old {
		steps = append(steps, step{
			Removal: Removal{What: fmt.Sprintf("build %d of %s", b.Number, b.Edition), Amount: b.Rows, Unit: "rows"},
			remove:  func(ctx context.Context) error { return edition.DropBuild(ctx, j.Warehouse, b) },
		})
	}
	return steps, nil
}

// ledger finds old lines of the books. What operators did, erasures and removals stay: they are how the ministry accounts for itself.
func (j *Job) ledger(ctx context.Context, before time.Time) (steps []step, err error) {
	moment := fmt.Sprintf("fromUnixTimestamp64Milli(%d, 'UTC')", before.UnixMilli())
	ofOldBuilds := sqlFiles.Render("of_old_builds.sql", map[string]any{"Build": before.UnixMicro(), "Moment": moment})
	for _, t := range []struct{ table, where string }{
		{"ops.step", "started_at < " + moment},
		{"ops.run", "started_at < " + moment},
		{"ops.unreadable_message", "seen_at < " + moment},
		{"ops.slice", ofOldBuilds},
		{"ops.build_input", ofOldBuilds},
		{"ops.slice_linkage", ofOldBuilds},
		{"ops.slice_contradiction", ofOldBuilds},
		{"ops.build", ofOldBuilds},
	} {
		var n uint64
		if err := j.Warehouse.QueryRow(ctx, "SELECT count() FROM "+t.table+" FINAL WHERE "+t.where).Scan(&n); err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		steps = append(steps, step{
			Removal: Removal{What: t.table, Amount: n, Unit: "rows"},
			remove: func(ctx context.Context) error {
				return j.Warehouse.Exec(ctx, "ALTER TABLE "+t.table+" DELETE WHERE "+t.where+" SETTINGS mutations_sync = 2")
			},
		})
	}
	return steps, nil
}
