package edition

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/pipelines/edition/totals"
)

// finish reconciles and makes the build current.
func (b *building) finish(ctx context.Context) (Result, error) {
	e := Edition{
		CutOff: b.cutOff, Build: b.build, BuiltAt: time.Now(), Inputs: inputsHash(b.scope.Loads, b.options.Definitions),
		DefinitionVersion: b.options.Definitions, Horizon: b.scope.Horizon, GridEnd: b.gridEnd, Deliveries: uint64(len(b.scope.Loads)),
		Synthetic: b.scope.Synthetic(),
	}
	if err := b.reconcile(ctx, &e); err != nil {
		return Result{}, err
	}
	if err := b.controlTotals(ctx); err != nil {
		return Result{}, err
	}
	b.lap("control totals")
	if err := b.writeInputs(ctx); err != nil {
		return Result{}, err
	}
	if err := e.makeCurrent(ctx, b.DB); err != nil {
		return Result{}, err
	}
	b.lap("make current")
	return Result{Edition: e, Outcome: Built, Phases: b.phases}, nil
}

// controlTotals adds up every layer of the build, and fails with the places where the totals do not hold.
func (b *building) controlTotals(ctx context.Context) error {
	definitions, err := b.builder.config.Definitions.Version(b.options.Definitions)
	if err != nil {
		return err
	}
	t := totals.Build{DB: b.DB, Number: b.build, CutOff: b.cutOff, GridEnd: b.gridEnd, Definitions: definitions, Persons: b.people}
	for _, e := range b.effective {
		t.Records = append(t.Records, totals.Record{
			Record: e.record, InScope: e.rows, Effective: e.sums, Contested: totals.Contested(e.sql.Contested),
		})
	}
	differ, err := t.Check(ctx)
	if err != nil {
		return err
	}
	if len(differ) > 0 {
		return fmt.Errorf("%w: control totals differ: %s (ops.control_total has them)", errNotReconciled, strings.Join(differ, "; "))
	}
	return nil
}
