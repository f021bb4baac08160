package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/sethvargo/go-retry"
	"go.uber.org/zap"

	"doorstroom/schemas"
)

const (
	// brokerBytes is less than the 1,000,012 bytes that a broker takes by default.
	brokerBytes = 1_000_000
	// batchBytes is where a batch is large enough to be sent.
	batchBytes = 900_000
	// gatherBytes bounds what one writer gathers in all its batches: there is one
	// for each partition of every topic that it has sent to.
	gatherBytes = 8 << 20
	// maxInFlight bounds the requests of one writer that wait for their ack.
	maxInFlight = 8
	// attemptTimeout bounds one try of a request.
	attemptTimeout = 15 * time.Second
)

// Writer gathers messages in batches and sends them while more are gathered.
// One goroutine sends through it; others may flush it meanwhile.
type Writer struct {
	p     *Publisher
	ctx   context.Context
	slots chan struct{}

	// sending guards streams and their batches, which hold gathered bytes.
	sending  sync.Mutex
	streams  map[string]*Stream
	gathered int

	// state guards the rest; it is never held while anything waits.
	state    sync.Mutex
	inFlight map[chan struct{}]struct{}
	err      error
	spare    [][]byte
}

// Writer makes a writer for one goroutine; ctx bounds all its requests.
func (p *Publisher) Writer(ctx context.Context) *Writer {
	return &Writer{
		p: p, ctx: ctx, slots: make(chan struct{}, maxInFlight),
		streams: map[string]*Stream{}, inFlight: map[chan struct{}]struct{}{},
	}
}

// Record gives the stream of a record's topic; Send wants whole frames, see Frame.
func (w *Writer) Record(r *schemas.Record) (*Stream, error) {
	s, err := w.stream(r.Topic())
	if err != nil {
		return nil, err
	}
	if s.frame == nil {
		if s.frame, err = w.p.frame(w.ctx, r); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Quarantine gives the stream of the quarantine topic (JSON).
func (w *Writer) Quarantine() (*Stream, error) { return w.stream(schemas.QuarantineTopic) }

func (w *Writer) stream(name string) (*Stream, error) {
	w.sending.Lock()
	defer w.sending.Unlock()
	if s, ok := w.streams[name]; ok {
		return s, nil
	}
	t, err := w.p.topic(w.ctx, name)
	if err != nil {
		return nil, err
	}
	s := &Stream{w: w, topic: t, batches: make([]batch, len(t.partitions))}
	w.streams[name] = s
	return s, nil
}

// Flush sends what is gathered and returns when Kafka has acknowledged every
// message sent before the call, or the first error of any of them.
func (w *Writer) Flush() error {
	w.sending.Lock()
	w.sendAll()
	w.sending.Unlock()
	for _, done := range w.requests() {
		<-done
	}
	return w.failure()
}

// sendAll hands all batches that hold anything to requests.
func (w *Writer) sendAll() {
	for _, s := range w.streams {
		for i := range s.batches {
			if s.batches[i].count > 0 {
				s.send(i)
			}
		}
	}
}

// requests are those that wait for their ack.
func (w *Writer) requests() []chan struct{} {
	w.state.Lock()
	defer w.state.Unlock()
	return slices.Collect(maps.Keys(w.inFlight))
}

func (w *Writer) failure() error {
	w.state.Lock()
	defer w.state.Unlock()
	return w.err
}

// Stream is one topic as a Writer sees it.
type Stream struct {
	w        *Writer
	topic    topic
	frame    []byte
	balancer kafka.Murmur2Balancer
	batches  []batch
}

// Frame appends what stands before an Avro message.
func (s *Stream) Frame(dst []byte) []byte { return append(dst, s.frame...) }

// Send gathers a message; key and value are copied. An error is that of an
// earlier message and final: what this writer sent may be lost.
func (s *Stream) Send(key, value []byte) error {
	p := 0
	if len(s.batches) > 1 {
		p = s.balancer.Balance(kafka.Message{Key: key}, s.topic.partitions...)
	}
	s.w.sending.Lock()
	defer s.w.sending.Unlock()
	b := &s.batches[p]
	if !b.fits(key, value) {
		s.send(p)
	}
	if b.buf == nil {
		b.buf = s.w.buffer()
	}
	before := len(b.buf)
	if b.count == 0 {
		before = 0
	}
	b.add(key, value)
	s.w.gathered += len(b.buf) - before
	switch {
	case len(b.buf) >= batchBytes:
		s.send(p)
	case s.w.gathered >= gatherBytes:
		s.w.sendAll()
	default:
		return nil
	}
	return s.w.failure()
}

// send hands a batch to a request of its own and starts the next one.
func (s *Stream) send(partition int) {
	b, w := s.batches[partition], s.w
	s.batches[partition] = batch{}
	w.gathered -= len(b.buf)
	w.slots <- struct{}{}
	done := make(chan struct{})
	w.state.Lock()
	w.inFlight[done] = struct{}{}
	w.state.Unlock()
	go func() {
		defer close(done)
		if err := b.pack(); err != nil {
			w.done(done, nil, err)
			<-w.slots
			return
		}
		tries, err := w.p.produce(w.ctx, s.topic.name, s.topic.partitions[partition], b.seal(time.Now().UnixMilli()))
		if tries > 1 || err != nil {
			// A connection that was given up may still be writing these bytes.
			b.buf = nil
		}
		w.done(done, b.buf, err)
		<-w.slots
	}()
}

func (w *Writer) buffer() []byte {
	w.state.Lock()
	defer w.state.Unlock()
	if n := len(w.spare); n > 0 {
		b := w.spare[n-1]
		w.spare = w.spare[:n-1]
		return b
	}
	return make([]byte, 0, 64<<10)
}

func (w *Writer) done(request chan struct{}, buf []byte, err error) {
	w.state.Lock()
	defer w.state.Unlock()
	delete(w.inFlight, request)
	if buf != nil {
		w.spare = append(w.spare, buf)
	}
	if w.err == nil {
		w.err = err
	}
}

// produce sends one batch until every in-sync replica has it, or patience ends.
func (p *Publisher) produce(ctx context.Context, topic string, partition int, data []byte) (tries int, err error) {
	backoff := retry.WithMaxDuration(p.patience, retry.WithCappedDuration(5*time.Second, retry.NewExponential(50*time.Millisecond)))
	err = retry.Do(ctx, backoff, func(ctx context.Context) error {
		tries++
		attempt, cancel := context.WithTimeout(ctx, attemptTimeout)
		defer cancel()
		res, err := p.client.RawProduce(attempt, &kafka.RawProduceRequest{
			Topic: topic, Partition: partition, RequiredAcks: kafka.RequireAll,
			RawRecords: protocol.RawRecordSet{Reader: bytes.NewReader(data)},
		})
		if err == nil {
			err = res.Error
		}
		if err == nil || final(err) || ctx.Err() != nil {
			return err
		}
		// Where one connection gave no answer the others may be as dead: the next try is over a new one.
		p.transport.CloseIdleConnections()
		p.log.Warn("Kafka did not take a batch; it is sent again", zap.String("topic", topic), zap.Int("partition", partition), zap.Error(err))
		return retry.RetryableError(err)
	})
	if err != nil {
		return tries, fmt.Errorf("put messages on topic %s: %w", topic, err)
	}
	return tries, nil
}

// final tells errors that a second try cannot help: the broker understood and
// said no for a lasting reason.
func final(err error) bool {
	var code kafka.Error
	return errors.As(err, &code) && !code.Temporary() && !code.Timeout()
}
