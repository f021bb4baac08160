package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/twmb/franz-go/pkg/sr"

	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// readyKafka makes the topics that are not there, and tells which record each schema id is. It waits for a broker or a
// registry that is away as the command waits for its servers.
func (a *app) readyKafka(ctx context.Context, e *engines) (ids map[uint32]string, err error) {
	wait := a.waiting(e.wait)
	if err := wait.Do(ctx, func(ctx context.Context) error { return kafka.EnsureTopics(ctx, e.kafka) }); err != nil {
		return nil, environment(err)
	}
	wait.Away = func(err error) bool { return kafka.Away(err) || registryBusy(err) }
	err = wait.Do(ctx, func(ctx context.Context) error {
		ids, err = schemaIDs(ctx, e.registry)
		return err
	})
	return ids, err
}

// registryBusy tells that the registry, or what stands before it, answers that it cannot serve just now, as while it starts.
func registryBusy(err error) bool {
	var answer *sr.ResponseError
	return errors.As(err, &answer) && answer.StatusCode >= http.StatusInternalServerError
}

// schemaIDs registers the schema of every record, in one order, so that a new
// registry gives the same ids again, and tells which record each id is.
func schemaIDs(ctx context.Context, registry *sr.Client) (map[uint32]string, error) {
	ids := make(map[uint32]string, len(schemas.Records))
	for _, r := range schemas.Records {
		id, err := registry.RegisterSchema(ctx, r.Topic()+"-value", sr.Schema{Schema: r.Avro, Type: sr.TypeAvro}, -1, -1)
		if err != nil {
			return nil, environment(fmt.Errorf("register the schema of %s: %w; is DOORSTROOM_SCHEMA_REGISTRY right", r.Name, err))
		}
		ids[uint32(id)] = r.Name
	}
	return ids, nil
}
