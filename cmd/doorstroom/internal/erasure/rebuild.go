package erasure

import (
	"context"
	"fmt"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/marts"
	"doorstroom/schemas"
)

// rebuild builds the open editions that changed, and their marts if they had any.
func (j *Job) rebuild(ctx context.Context, e *erase.Erasure) error {
	current, err := edition.Current(ctx, j.Engines.Warehouse)
	if err != nil {
		return err
	}
	changed := make(map[schemas.Date]bool)
	for _, day := range e.Editions {
		changed[day] = true
	}
	for _, one := range current {
		if !changed[one.CutOff] {
			continue
		}
		frozen, err := edition.Frozen(ctx, j.Engines.Warehouse, one)
		if err != nil {
			return err
		}
		if frozen {
			fmt.Fprintf(j.Out, "edition %s is closed, or what it is made of is no longer there: its marts stay as they are\n", one.CutOff)
			continue
		}
		steps := []job.Step{job.Facts}
		has, err := marts.Begun(ctx, j.Engines.Warehouse, one.CutOff)
		if err != nil {
			return err
		}
		if has {
			steps = append(steps, job.Marts)
		}
		if err := j.Rebuild(ctx, one.CutOff, steps); err != nil {
			return fmt.Errorf("the persons are erased, but edition %s has to be built again: 'doorstroom run --from facts --as-of %s': %w", one.CutOff, one.CutOff, err)
		}
	}
	return nil
}
