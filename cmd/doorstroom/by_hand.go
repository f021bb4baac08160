package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// byHand changes what was decided about the delivery that an operator names, as DELIVERY or SUPPLIER/DELIVERY, while no
// run is at work: a run goes on with the decisions that it read, so that beside one two manifests of a delivery could
// come to count, and retain could remove the rows of one that is being released.
func (a *app) byHand(ctx context.Context, command, named string, do func(ctx context.Context, db *warehouse.DB, supplier, delivery string) error) error {
	supplier, delivery, found := strings.Cut(named, "/")
	if !found {
		supplier, delivery = "", named
	} else if !slices.Contains(schemas.Suppliers, supplier) {
		return usage(fmt.Errorf("no supplier %q: they are %s", supplier, strings.Join(schemas.Suppliers, ", ")))
	}
	return a.withWarehouse(ctx, func(ctx context.Context, e *engines) error {
		return a.alone(ctx, e, command, func(ctx context.Context) error { return do(ctx, e.db, supplier, delivery) })
	})
}
