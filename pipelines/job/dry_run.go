package job

import (
	"context"
	"slices"
)

// Plan is what a run would do.
type Plan struct {
	// Migrations is how many would be applied first.
	Migrations int
	Steps      []Step
	// Found are the deliveries that are there now, if they are to be loaded.
	Found Found
}

// Plan tells what Run would do with these steps, and changes nothing.
func (j *Job) Plan(ctx context.Context, steps []Step) (Plan, error) {
	schema, err := j.Warehouse.Schema(ctx)
	if err == nil {
		err = schema.Newer()
	}
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Migrations: len(schema.Missing()), Steps: steps}
	if slices.Contains(steps, Load) {
		p.Found, err = j.Look(ctx, len(schema.Applied) > 0)
	}
	return p, err
}
