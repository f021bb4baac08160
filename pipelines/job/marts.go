package job

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/marts"
)

// marts is the last step: the marts of the edition that stands are made, unless they are already.
func (j *Job) marts(ctx context.Context, r *Result) (uint64, error) {
	var stands edition.Edition
	err := j.patience().Do(ctx, func(ctx context.Context) (err error) {
		stands, err = edition.ReadEdition(ctx, j.Warehouse, j.CutOff)
		return err
	})
	if errors.Is(err, edition.ErrNoEdition) {
		return 0, fmt.Errorf("%w; make it first with 'doorstroom run --from facts --as-of %s'", err, j.CutOff)
	}
	if err != nil {
		return 0, err
	}
	j.Progress.Start("marts", "models", 0)
	dbt, err := j.DBT()
	if err != nil {
		return 0, err
	}
	var made marts.Outcome
	err = j.patience().Do(ctx, func(ctx context.Context) (err error) {
		made, err = marts.Make(ctx, j.Warehouse, dbt, marts.Edition{CutOff: j.CutOff, Build: stands.Build, Closed: stands.Closed})
		return err
	})
	if err != nil {
		return 0, err
	}
	j.Progress.End(made.String())
	r.Marts = &made
	return 0, nil
}
