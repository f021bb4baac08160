package main

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/sr"

	"doorstroom/schemas"
)

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
