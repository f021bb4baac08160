package app

import (
	"context"
	"fmt"
	osuser "os/user"
	"slices"
	"strings"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ByHand changes what was decided about the delivery that an operator names, as DELIVERY or SUPPLIER/DELIVERY, while no
// run is at work: a run goes on with the decisions that it read, so that beside one two manifests of a delivery could
// come to count, and retain could remove the rows of one that is being released.
func (a *App) ByHand(ctx context.Context, command, named string, do func(ctx context.Context, db *warehouse.DB, supplier, delivery string) error) error {
	supplier, delivery, found := strings.Cut(named, "/")
	if !found {
		supplier, delivery = "", named
	} else if !slices.Contains(schemas.Suppliers, supplier) {
		return exit.Usage(fmt.Errorf("no supplier %q: they are %s", supplier, strings.Join(schemas.Suppliers, ", ")))
	}
	return a.With(ctx, engines.Needs{}, func(ctx context.Context, e *engines.Engines) error {
		return e.Alone(ctx, command, func(ctx context.Context) error { return do(ctx, e.Warehouse, supplier, delivery) })
	})
}

// UserName is who is noted for what is done by hand.
func UserName() string {
	u, err := osuser.Current()
	if err != nil {
		return "unknown"
	}
	return u.Username
}
