package job

import (
	"context"
	"fmt"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/slice"
)

// facts is the second step: the edition is built out of what was accepted, unless it stands so already.
func (j *Job) facts(ctx context.Context, r *Result) (uint64, error) {
	wait := j.patience()
	if err := wait.Do(ctx, func(ctx context.Context) error { return kafka.EnsureTopics(ctx, j.Kafka) }); err != nil {
		return 0, err
	}
	if err := wait.Do(ctx, func(ctx context.Context) error { return delivery.Reconciled(ctx, j.Warehouse) }); err != nil {
		return 0, fmt.Errorf("what was accepted is not what is there: %w", err)
	}
	j.Progress.Start("persons and facts", "slices", 0)
	builder := edition.New(edition.Config{Config: slice.Config{Warehouse: j.Warehouse, Kafka: j.Kafka, Workers: j.Workers,
		Patience: j.Patience, Log: j.Log}, SlicePersons: j.SlicePersons})
	result, err := builder.Build(ctx, j.CutOff, edition.Options{
		Definitions: j.Definitions, Progress: func(done, all int) { j.Progress.Set(int64(done), int64(all)) },
	})
	if err != nil {
		return 0, err
	}
	if result.Outcome != edition.Built {
		if err := wait.Do(ctx, func(ctx context.Context) error { return builder.Reconcile(ctx, &result.Edition) }); err != nil {
			return 0, err
		}
	}
	j.Progress.End(fmt.Sprintf("%d persons", result.Persons))
	r.Facts = &result
	return RowsOf(&result), nil
}

// RowsOf counts the rows of facts of an edition.
func RowsOf(r *edition.Result) (rows uint64) {
	for _, n := range r.Rows {
		rows += n
	}
	return rows
}
