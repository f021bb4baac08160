package kafka

import (
	"context"

	"doorstroom/pipelines/warehouse"
)

// NotReadyError is what keeps the program from working with Kafka or the schema registry.
type NotReadyError struct{ Err error }

// Error implements error.
func (e *NotReadyError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *NotReadyError) Unwrap() error { return e.Err }

// Ready makes the topics that are not there, and tells which record each schema id is. It waits for a broker or a registry
// that is away as long as wait says. Its error is a NotReadyError.
func Ready(ctx context.Context, wait warehouse.Patience, k Cluster, r *Registry) (ids map[uint32]string, err error) {
	if err := wait.Do(ctx, func(ctx context.Context) error { return EnsureTopics(ctx, k) }); err != nil {
		return nil, err
	}
	wait.Away = func(err error) bool { return Away(err) || registryBusy(err) }
	err = wait.Do(ctx, func(ctx context.Context) error {
		ids, err = r.SchemaIDs(ctx)
		return err
	})
	return ids, err
}
