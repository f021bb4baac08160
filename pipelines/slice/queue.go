package slice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"doorstroom/schemas"
)

// DefaultGroup is the consumer group of the workers of one warehouse.
const DefaultGroup = "doorstroom-facts"

const (
	dialTimeout = 10 * time.Second
	// handAttempts, at most handBackoff apart, last over a broker that restarts or a leader that changes.
	handAttempts, handBackoff = 40, 2 * time.Second
	// patience is how long Kafka may fail again and again, each time within failureGap, before a worker gives up.
	patience, failureGap = 2 * time.Minute, 15 * time.Second
	// fetchWait is how long a broker may wait for a slice to come before it answers an empty fetch; the end of a build
	// waits for the last of them.
	fetchWait = 250 * time.Millisecond
)

// Hand puts the slices of a build on the topic, spread over its partitions.
func (p *Pool) Hand(ctx context.Context, slices []Slice) error {
	transport := &kafka.Transport{ClientID: "doorstroom", Dial: p.config.Kafka.Dial, DialTimeout: dialTimeout, TLS: p.config.Kafka.TLS, SASL: p.config.Kafka.SASL}
	defer transport.CloseIdleConnections()
	out := &kafka.Writer{
		Addr: kafka.TCP(p.config.Kafka.Brokers...), Topic: schemas.SlicesTopic, RequiredAcks: kafka.RequireAll,
		Balancer: &kafka.RoundRobin{}, BatchTimeout: 5 * time.Millisecond, Transport: transport,
		MaxAttempts: handAttempts, WriteBackoffMax: handBackoff,
	}
	messages := make([]kafka.Message, len(slices))
	for i := range slices {
		value, err := slices[i].encode()
		if err != nil {
			return fmt.Errorf("writing a slice: %w", err)
		}
		messages[i] = kafka.Message{Key: []byte(strconv.Itoa(i)), Value: value}
	}
	err := out.WriteMessages(ctx, messages...)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("handing out slices on topic %s: %w", schemas.SlicesTopic, err)
	}
	return nil
}

// Work takes slices of any build from the topic and makes their facts, until
// ctx is over (then it returns nil) or something fails. What was not finished
// is handed out again, so a caller may just call it again. Several processes may
// work side by side; they share the partitions of the topic. A reader that stands still with slices waiting is replaced.
func (p *Pool) Work(ctx context.Context) error {
	for stuck := p.config.Stuck; ; stuck *= 2 {
		err := p.member(ctx, stuck)
		if !errors.Is(err, errStuck) {
			return err
		}
		p.config.Log.Error("slices wait and none was given out: the group of workers is joined again", zap.Error(err))
	}
}

// member is Work by one member of the consumer group.
func (p *Pool) member(ctx context.Context, stuck time.Duration) error {
	in := kafka.NewReader(kafka.ReaderConfig{
		Brokers: p.config.Kafka.Brokers, GroupID: p.config.Group, Topic: schemas.SlicesTopic,
		Dialer:      &kafka.Dialer{ClientID: "doorstroom", DialFunc: p.config.Kafka.Dial, Timeout: dialTimeout, DualStack: true, TLS: p.config.Kafka.TLS, SASLMechanism: p.config.Kafka.SASL},
		StartOffset: kafka.FirstOffset, MinBytes: 1, MaxBytes: 1 << 20, MaxWait: fetchWait, QueueCapacity: 1,
		HeartbeatInterval: time.Second, SessionTimeout: 10 * time.Second, RebalanceTimeout: 10 * time.Second,
		JoinGroupBackoff: time.Second, ReadBackoffMin: 10 * time.Millisecond, ReadBackoffMax: 250 * time.Millisecond,
		ErrorLogger: kafka.LoggerFunc(func(format string, args ...any) { p.config.Log.Debug("Kafka: " + fmt.Sprintf(format, args...)) }),
	})
	defer leave(in)
	group, ctx2 := errgroup.WithContext(ctx)
	messages := make(chan kafka.Message)
	done := &progress{offsets: make(map[int]*partition)}
	group.Go(func() error {
		defer close(messages)
		return p.fetch(ctx2, in, messages, done)
	})
	group.Go(func() error { return p.watch(ctx2, done, stuck) })
	for range p.config.Workers {
		group.Go(func() error {
			w := newWorker(&p.config)
			for m := range messages {
				if err := p.handle(ctx2, w, m); err != nil {
					return err
				}
				if err := done.commit(ctx2, in, m); err != nil {
					// At worst the slice is handed out again, and that changes nothing.
					p.config.Log.Warn("Kafka did not note that a slice is done", zap.Error(err))
				}
			}
			return nil
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// fetch takes messages until ctx is over. The reader goes on by itself after a failure, so one is not a reason to stop.
func (p *Pool) fetch(ctx context.Context, in *kafka.Reader, messages chan<- kafka.Message, done *progress) error {
	var first, last time.Time // of the failures without a break
	for {
		m, err := in.FetchMessage(ctx)
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			done.alive()
			now := time.Now()
			if now.Sub(last) > failureGap {
				first = now
				p.config.Log.Warn("Kafka gives no slices; they are asked for again", zap.Error(err))
			}
			last = now
			if now.Sub(first) > patience {
				return fmt.Errorf("taking slices from topic %s: %w", schemas.SlicesTopic, err)
			}
			continue
		}
		last = time.Time{}
		done.took(m)
		select {
		case messages <- m:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// handle does one message. A message that is not a slice is passed over: nobody can ever do it.
func (p *Pool) handle(ctx context.Context, w *worker, m kafka.Message) error {
	var s Slice
	if err := json.Unmarshal(m.Value, &s); err != nil || s.Last < s.First {
		p.config.Log.Warn("passed over a message that is not a slice", zap.Int("partition", m.Partition), zap.Int64("offset", m.Offset))
		return nil
	}
	began := time.Now()
	// A slice that was done half leaves rows that the second time are known by their tokens.
	err := p.patience().Do(ctx, func(ctx context.Context) error {
		err := w.do(ctx, &s)
		if err != nil && p.abandoned(ctx, &s) {
			return nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("slice %d of build %d: %w", s.Number, s.Build, err)
	}
	p.config.Log.Debug("slice done", zap.Uint64("build", s.Build), zap.Uint32("slice", s.Number), zap.Duration("took", time.Since(began)))
	return nil
}

// progress commits offsets in order per partition, whatever order the workers
// of this process finish in: a slice that is not done is never passed.
type progress struct {
	mu      sync.Mutex
	offsets map[int]*partition
	// life counts what was taken and done, and the failures; open is the messages that were taken and are not done.
	life, open int
}

// partition holds the messages that were taken and not committed yet, by offset.
type partition struct {
	taken []kafka.Message
	done  map[int64]bool
}

func (p *progress) took(m kafka.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life++
	p.open++
	at := p.offsets[m.Partition]
	// After a rebalance a partition starts again where it was committed.
	if at == nil || len(at.taken) > 0 && m.Offset <= at.taken[len(at.taken)-1].Offset {
		at = &partition{done: make(map[int64]bool)}
		p.offsets[m.Partition] = at
	}
	at.taken = append(at.taken, m)
}

// commit marks a message done and commits as far as all before are done.
func (p *progress) commit(ctx context.Context, in *kafka.Reader, m kafka.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life++
	p.open--
	at := p.offsets[m.Partition]
	at.done[m.Offset] = true
	var last *kafka.Message
	for len(at.taken) > 0 && at.done[at.taken[0].Offset] {
		last = &at.taken[0]
		delete(at.done, last.Offset)
		at.taken = at.taken[1:]
	}
	if last == nil {
		return nil
	}
	return in.CommitMessages(ctx, *last)
}
