package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"go.uber.org/zap"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// DefaultGroup is the consumer group of the loaders of one warehouse.
const DefaultGroup = "doorstroom-load"

// Config is what a Loader needs.
type Config struct {
	Kafka     kafka.Cluster
	Warehouse *warehouse.DB
	// Group is the consumer group; empty is DefaultGroup. Loaders of one warehouse share it and divide the partitions.
	Group string
	// Schemas tells which record each schema id of the registry is.
	Schemas map[uint32]string
	// Stuck is how long messages may wait without a sign of life before the loader rejoins its group; 0 is 90 seconds.
	Stuck time.Duration
	Log   *zap.Logger
}

// Loader moves what comes into the record topics and the quarantine topic into
// the warehouse. Offsets are committed after the server confirmed the rows, so
// that after a crash at any point rows may come twice and are never missing.
type Loader struct {
	config   Config
	work     func(context.Context, *kafkago.Generation) error
	unread   *unreadable
	fetched  atomic.Uint64
	inserted atomic.Uint64
	events   atomic.Uint64 // other signs of life

	stop    sync.Once
	cancel  context.CancelFunc
	stopped chan struct{}

	mu      sync.Mutex
	problem error
}

// New makes a loader; Start sets it to work.
func New(c Config) *Loader {
	if c.Group == "" {
		c.Group = DefaultGroup
	}
	if c.Stuck == 0 {
		c.Stuck = 90 * time.Second
	}
	l := &Loader{config: c, unread: &unreadable{db: c.Warehouse, log: c.Log}, stopped: make(chan struct{})}
	l.work = l.load
	return l
}

// Start joins the consumer group and returns; the work goes on until Stop or the end of ctx.
// What fails later is tried again, and Problem tells of it. A loader starts once.
func (l *Loader) Start(ctx context.Context) error {
	group, err := l.join()
	if err != nil {
		return err
	}
	ctx, l.cancel = context.WithCancel(ctx)
	go l.run(ctx, group)
	return nil
}

func (l *Loader) join() (*kafkago.ConsumerGroup, error) {
	group, err := kafkago.NewConsumerGroup(kafkago.ConsumerGroupConfig{
		ID: l.config.Group, Brokers: l.config.Kafka.Brokers, Dialer: l.config.Kafka.Dialer(), Topics: schemas.LoadedTopics(),
		GroupBalancers:    []kafkago.GroupBalancer{kafkago.RoundRobinGroupBalancer{}},
		HeartbeatInterval: 2 * time.Second, SessionTimeout: 10 * time.Second, RebalanceTimeout: 10 * time.Second,
		JoinGroupBackoff: time.Second, StartOffset: kafkago.FirstOffset,
	})
	if err != nil {
		return nil, fmt.Errorf("joining the consumer group %s: %w", l.config.Group, err)
	}
	return group, nil
}

// Stop leaves the group and waits for what is under way to end. It is fine to stop twice, or before a start.
func (l *Loader) Stop() {
	l.stop.Do(func() {
		if l.cancel == nil {
			return
		}
		l.cancel()
		<-l.stopped
	})
}

// Inserted counts the rows that the server confirmed since the start, repeats included.
func (l *Loader) Inserted() uint64 { return l.inserted.Load() }

// Unreadable counts the messages that were passed over since the start.
func (l *Loader) Unreadable() uint64 { return l.unread.count.Load() }

// Problem is what stands in the way at the moment, nil when all goes well.
func (l *Loader) Problem() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.problem
}

func (l *Loader) setProblem(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problem = err
	l.events.Add(1)
}

// run consumes until ctx ends, and rejoins when that got stuck.
func (l *Loader) run(ctx context.Context, group *kafkago.ConsumerGroup) {
	defer close(l.stopped)
	for stuck := l.config.Stuck; ; stuck = max(l.config.Stuck, rejoinTime) {
		member, leave := context.WithCancel(ctx)
		left := make(chan struct{})
		go func() {
			defer close(left)
			l.consume(member, group)
		}()
		l.watch(ctx, stuck)
		leave()
		select {
		case <-left:
		case <-time.After(min(leaveTime, l.config.Stuck)):
			// Whatever hangs there is of a generation that ends with its heartbeat: its offsets are refused from then on.
			l.config.Log.Error("the loader could not leave its consumer group and goes on without doing so")
		}
		if group = l.joinAnew(ctx); group == nil {
			return
		}
	}
}

// joinAnew tries until it works; nil when ctx ends.
func (l *Loader) joinAnew(ctx context.Context) *kafkago.ConsumerGroup {
	for ctx.Err() == nil {
		group, err := l.join()
		if err == nil {
			return group
		}
		l.setProblem(err)
		kafka.Rest(ctx, retryPause)
	}
	return nil
}

// consume works through the generations of the group.
func (l *Loader) consume(ctx context.Context, group *kafkago.ConsumerGroup) {
	defer group.Close()                                         // it has no error to give
	end := context.AfterFunc(ctx, func() { _ = group.Close() }) // ends the generation too
	defer end()
	for {
		gen, err := group.Next(ctx)
		switch {
		case ctx.Err() != nil, errors.Is(err, kafkago.ErrGroupClosed):
			return
		case err != nil:
			l.setProblem(fmt.Errorf("joining the consumer group %s: %w", l.config.Group, err))
			continue // the group waits before it tries again
		}
		l.events.Add(1)
		over := make(chan struct{})
		gen.Start(func(genCtx context.Context) {
			defer close(over)
			l.generation(genCtx, gen)
		})
		<-over
	}
}
