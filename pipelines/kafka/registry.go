package kafka

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/twmb/franz-go/pkg/sr"

	"doorstroom/schemas"
)

// Registry is a schema registry with Confluent's interface.
type Registry struct{ *sr.Client }

// OpenRegistry makes the client of the registry at an address; without a user it does not log in.
func OpenRegistry(address string, client *http.Client, user, password string) (*Registry, error) {
	options := []sr.ClientOpt{sr.HTTPClient(client), sr.URLs(address)}
	if user != "" {
		options = append(options, sr.BasicAuth(user, password))
	}
	c, err := sr.NewClient(options...)
	if err != nil {
		return nil, fmt.Errorf("schema registry %s: %w", address, err)
	}
	return &Registry{c}, nil
}

// SchemaIDs registers the schema of every record, in one order, so that a new registry gives the same ids again, and
// tells which record each id is. Its error is a NotReadyError.
func (r *Registry) SchemaIDs(ctx context.Context) (map[uint32]string, error) {
	ids := make(map[uint32]string, len(schemas.Records))
	for _, record := range schemas.Records {
		id, err := r.RegisterSchema(ctx, record.Topic()+"-value", sr.Schema{Schema: record.Avro, Type: sr.TypeAvro}, -1, -1)
		if err != nil {
			return nil, &NotReadyError{fmt.Errorf("register the schema of %s: %w; is DOORSTROOM_SCHEMA_REGISTRY right", record.Name, err)}
		}
		ids[uint32(id)] = record.Name
	}
	return ids, nil
}

// registryBusy tells that the registry, or what stands before it, answers that it cannot serve just now, as while it starts.
func registryBusy(err error) bool {
	var answer *sr.ResponseError
	return errors.As(err, &answer) && answer.StatusCode >= http.StatusInternalServerError
}
