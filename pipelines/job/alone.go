package job

import (
	"context"
	"errors"

	"doorstroom/pipelines/warehouse"
)

// Alone does what changes the warehouse while it holds the lease; who says to others who that is. Its error is ErrHeld
// when somebody else keeps the lease, and ErrLost when the work failed because the lease could not be held.
func Alone(ctx context.Context, db *warehouse.DB, patience warehouse.Patience, who string, do func(context.Context) error) error {
	var lease *Lease
	var held context.Context
	err := patience.Do(ctx, func(context.Context) (err error) {
		lease, held, err = Take(ctx, db, who)
		return err
	})
	if err != nil {
		return err
	}
	defer lease.Release()
	err = do(held)
	if lost := context.Cause(held); err != nil && errors.Is(lost, ErrLost) {
		return lost
	}
	return err
}
