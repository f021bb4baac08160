// Package connectortest is what every connector must pass, and the means to
// test connectors with: an embedded Kafka and registry, deliveries made by
// hand, and what was put on the topics of them.
package connectortest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/sr"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"doorstroom/connectors"
	"doorstroom/connectors/publish"
	"doorstroom/deploy/embedded"
	"doorstroom/schemas"
)

// Harness is a Kafka with the program's topics, and a Reader that publishes to it.
type Harness struct {
	T         testing.TB
	Landing   string
	Kafka     *kafka.Client
	Publisher *publish.Publisher
	Known     *Books
	Log       *zap.Logger
	Workers   int
	// Key is that of the digests of content.
	Key schemas.DigestKey
}

// New starts a Harness that ends with the test.
func New(t testing.TB) *Harness {
	t.Helper()
	log := zaptest.NewLogger(t, zaptest.Level(zap.WarnLevel))
	o := embedded.Options{Dir: t.TempDir(), Log: log}
	broker, err := embedded.StartKafka(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Stop)
	registry, err := embedded.StartRegistry(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Stop)
	schemaClient, err := sr.NewClient(sr.URLs(registry.URL()), sr.HTTPClient(registry.Client()))
	if err != nil {
		t.Fatal(err)
	}
	h := &Harness{T: t, Landing: t.TempDir(), Known: &Books{}, Log: log, Workers: 2, Key: schemas.NewDigestKey()}
	transport := &kafka.Transport{Dial: broker.Dial}
	h.Kafka = &kafka.Client{Addr: kafka.TCP(broker.Addr()), Transport: transport}
	h.makeTopics()
	h.Publisher = publish.New(publish.Options{Brokers: []string{broker.Addr()}, Transport: transport, Registry: schemaClient, Log: log})
	return h
}

func (h *Harness) makeTopics() {
	h.T.Helper()
	request := &kafka.CreateTopicsRequest{}
	for _, t := range schemas.Topics() {
		request.Topics = append(request.Topics, kafka.TopicConfig{Topic: t.Name, NumPartitions: t.Partitions, ReplicationFactor: 1})
	}
	answer, err := h.Kafka.CreateTopics(context.Background(), request)
	if err != nil {
		h.T.Fatal(err)
	}
	for name, err := range answer.Errors {
		if err != nil {
			h.T.Fatalf("topic %s: %v", name, err)
		}
	}
}

// Read discovers and reads what is new in the landing folder.
func (h *Harness) Read() ([]schemas.Closed, error) {
	h.T.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	r := connectors.New(connectors.Options{Publisher: h.Publisher, Known: h.Known, KeyVersions: []int{1}, DigestKey: h.Key, Workers: h.Workers, Log: h.Log})
	deliveries, err := r.Discover(ctx, h.Landing)
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, deliveries)
}

// MustRead is Read of deliveries that our side does not fail on.
func (h *Harness) MustRead() []schemas.Closed {
	h.T.Helper()
	closed, err := h.Read()
	if err != nil {
		h.T.Fatal(err)
	}
	return closed
}

// Message is what is on a topic.
type Message struct {
	Key, Value []byte
}

// Messages gives all messages of a topic, by partition and offset.
func (h *Harness) Messages(topic string) (messages []Message) {
	h.T.Helper()
	ctx := context.Background()
	meta, err := h.Kafka.Metadata(ctx, &kafka.MetadataRequest{Topics: []string{topic}})
	if err != nil {
		h.T.Fatal(err)
	}
	for p := range meta.Topics[0].Partitions {
		ends, err := h.Kafka.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{topic: {kafka.LastOffsetOf(p)}}})
		if err != nil {
			h.T.Fatal(err)
		}
		end := ends.Topics[topic][0].LastOffset
		for offset := int64(0); offset < end; {
			offset, messages = h.fetch(topic, p, offset, messages)
		}
	}
	return messages
}

func (h *Harness) fetch(topic string, partition int, offset int64, messages []Message) (int64, []Message) {
	h.T.Helper()
	answer, err := h.Kafka.Fetch(context.Background(), &kafka.FetchRequest{Topic: topic, Partition: partition, Offset: offset, MinBytes: 1, MaxBytes: 1 << 20, MaxWait: time.Second})
	if err == nil {
		err = answer.Error
	}
	if err != nil {
		h.T.Fatal(err)
	}
	for {
		record, err := answer.Records.ReadRecord()
		if errors.Is(err, io.EOF) {
			return offset, messages
		}
		if err != nil {
			h.T.Fatal(err)
		}
		if record.Offset < offset {
			continue
		}
		key, err := protocol.ReadAll(record.Key)
		if err != nil {
			h.T.Fatal(err)
		}
		value, err := protocol.ReadAll(record.Value)
		if err != nil {
			h.T.Fatal(err)
		}
		offset, messages = record.Offset+1, append(messages, Message{key, value})
	}
}

// Quarantined gives all quarantine entries.
func (h *Harness) Quarantined() (entries []schemas.Quarantined) {
	h.T.Helper()
	for _, m := range h.Messages(schemas.QuarantineTopic) {
		var q schemas.Quarantined
		if err := json.Unmarshal(m.Value, &q); err != nil {
			h.T.Fatal(err)
		}
		entries = append(entries, q)
	}
	return entries
}

// Books is a connectors.Known that a test fills.
type Books struct {
	mu   sync.Mutex
	seen map[[3]string]bool // accepted or not
}

// Decide writes a delivery down as accepted or refused.
func (b *Books) Decide(supplier, id, sha string, accepted bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen == nil {
		b.seen = map[[3]string]bool{}
	}
	b.seen[[3]string{supplier, id, sha}] = accepted
}

// Decided implements connectors.Known.
func (b *Books) Decided(supplier, id, sha string) (same, otherAccepted bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k, accepted := range b.seen {
		if k[0] == supplier && k[1] == id {
			same = same || k[2] == sha
			otherAccepted = otherAccepted || (accepted && k[2] != sha)
		}
	}
	return same, otherAccepted
}

// Refused implements connectors.Known.
func (b *Books) Refused(supplier, id, sha string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	accepted, seen := b.seen[[3]string{supplier, id, sha}]
	return seen && !accepted
}
