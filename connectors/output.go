package connectors

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"doorstroom/connectors/publish"
	"doorstroom/schemas"
)

// output is where a run puts what it reads: on Kafka, or nowhere.
type output interface {
	// writer makes a writer for one goroutine; others may flush it meanwhile.
	writer(ctx context.Context) writer
	// Control returns when the messages are safe.
	Control(ctx context.Context, messages ...publish.ControlMessage) error
}

// writer takes the records of one goroutine and what is put aside of them.
type writer interface {
	record(r *schemas.Record) (stream, error)
	putAside(q schemas.Quarantined) error
	// flush returns when all that was sent before the call is safe.
	flush() error
}

// stream takes the records of one kind as messages.
type stream interface {
	// Frame appends what stands before a message.
	Frame(dst []byte) []byte
	// Send copies key and value.
	Send(key, value []byte) error
}

// kafkaOutput puts everything on its topic.
type kafkaOutput struct{ *publish.Publisher }

func (k kafkaOutput) writer(ctx context.Context) writer {
	return &kafkaWriter{out: k.Publisher.Writer(ctx)}
}

type kafkaWriter struct {
	out *publish.Writer
	key []byte
}

func (w *kafkaWriter) record(r *schemas.Record) (stream, error) { return w.out.Record(r) }

func (w *kafkaWriter) putAside(q schemas.Quarantined) error {
	s, err := w.out.Quarantine()
	if err != nil {
		return err
	}
	message, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("encode a quarantine entry: %w", err)
	}
	w.key = strconv.AppendUint(w.key[:0], q.LoadID, 10)
	return s.Send(w.key, message)
}

func (w *kafkaWriter) flush() error { return w.out.Flush() }
