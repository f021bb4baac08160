package publish

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/sethvargo/go-retry"
	"github.com/twmb/franz-go/pkg/sr"
	"go.uber.org/zap"

	"doorstroom/schemas"
)

// Options say where messages go.
type Options struct {
	// Brokers are host:port of one or more brokers.
	Brokers []string
	// Transport carries TLS and the login; nil for clear text without a login.
	Transport *kafka.Transport
	// Registry is the schema registry, Confluent's interface.
	Registry *sr.Client
	// Patience is how long a request is tried again before the run fails; 0 is two minutes.
	Patience time.Duration
	Log      *zap.Logger
}

// Publisher is shared by all who publish; each goroutine takes a Writer of its own.
type Publisher struct {
	client    *kafka.Client
	transport *kafka.Transport // the client's
	registry  *sr.Client
	patience  time.Duration
	log       *zap.Logger

	mu     sync.Mutex
	topics map[string]topic
	frames map[string][]byte
}

// topicPatience is how long after its making every broker may take to know of a topic.
const topicPatience = 5 * time.Second

// topic is what a Writer needs to know of a topic.
type topic struct {
	name       string
	partitions []int
}

// New makes a publisher. It connects when it is first used.
func New(o Options) *Publisher {
	if o.Patience == 0 {
		o.Patience = 2 * time.Minute
	}
	transport := o.Transport
	if transport == nil {
		transport = &kafka.Transport{}
	}
	return &Publisher{
		client: &kafka.Client{Addr: kafka.TCP(o.Brokers...), Transport: transport}, transport: transport, registry: o.Registry, patience: o.Patience, log: o.Log,
		topics: map[string]topic{}, frames: map[string][]byte{},
	}
}

// topic looks a topic up once; it must exist.
func (p *Publisher) topic(ctx context.Context, name string) (topic, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t, ok := p.topics[name]; ok {
		return t, nil
	}
	backoff := retry.WithMaxDuration(min(p.patience, topicPatience), retry.NewConstant(100*time.Millisecond))
	err := retry.Do(ctx, backoff, func(ctx context.Context) error {
		t, err := p.lookUp(ctx, name)
		if err == nil {
			p.topics[name] = t
			return nil
		}
		if final(err) {
			return err
		}
		return retry.RetryableError(err)
	})
	return p.topics[name], err
}

// lookUp asks a broker for the partitions of a topic.
func (p *Publisher) lookUp(ctx context.Context, name string) (topic, error) {
	meta, err := p.client.Metadata(ctx, &kafka.MetadataRequest{Topics: []string{name}})
	if err != nil {
		return topic{}, fmt.Errorf("ask Kafka for topic %s: %w", name, err)
	}
	if len(meta.Topics) != 1 {
		return topic{}, fmt.Errorf("ask Kafka for topic %s: no answer about it", name)
	}
	if err := meta.Topics[0].Error; err != nil {
		return topic{}, fmt.Errorf("topic %s; make the topics first: %w", name, err)
	}
	t := topic{name: name}
	for i := range meta.Topics[0].Partitions {
		t.partitions = append(t.partitions, i)
	}
	return t, nil
}

// frame is what stands before each message of a record: a zero byte and the
// id that the registry gave the record's schema.
func (p *Publisher) frame(ctx context.Context, r *schemas.Record) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.frames[r.Name]; ok {
		return f, nil
	}
	id, err := p.registry.RegisterSchema(ctx, r.Topic()+"-value", sr.Schema{Schema: r.Avro, Type: sr.TypeAvro}, -1, -1)
	if ctx.Err() != nil { // given up because of something else: the registry is not to blame
		return nil, fmt.Errorf("register the schema of %s: %w", r.Name, ctx.Err())
	}
	if err != nil {
		return nil, fmt.Errorf("register the schema of %s; is the registry reachable: %w", r.Name, err)
	}
	f := binary.BigEndian.AppendUint32([]byte{0}, uint32(id))
	p.frames[r.Name] = f
	return f, nil
}

// Control puts control messages (JSON) on their topic, in order, keyed by
// supplier and delivery, and returns when Kafka has them all.
func (p *Publisher) Control(ctx context.Context, messages ...ControlMessage) error {
	w := p.Writer(ctx)
	s, err := w.stream(schemas.ControlTopic)
	if err != nil {
		return err
	}
	for _, m := range messages {
		value, err := json.Marshal(m.Value)
		if err != nil {
			return fmt.Errorf("encode a control message: %w", err)
		}
		if err := s.Send([]byte(m.Key), value); err != nil {
			return err
		}
	}
	return w.Flush()
}

// ControlMessage is an Opened or a Closed with its key.
type ControlMessage struct {
	Key   string
	Value any
}
