package load

import (
	"context"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

const (
	// retryPause is waited after a failure, before everything is read again from the committed offsets.
	retryPause = time.Second
	// commitEvery is how often confirmed offsets are committed.
	commitEvery = 50 * time.Millisecond
	// A table has few small blocks; that of a record with partitions of its own, as wages, nine in ten of all rows, has more.
	fewBlocks, manyBlocks  = 2, 4
	smallBlock, largeBlock = 1 << 14, 1 << 15
)

// generation reads the assigned partitions until the group rebalances or
// something fails. Its blocks die with it: the next generation starts from the
// committed offsets, and rows that were on their way come again.
func (l *Loader) generation(ctx context.Context, gen *kafkago.Generation) {
	err := l.work(ctx, gen)
	if ctx.Err() != nil || err == nil {
		return
	}
	l.setProblem(err)
	l.config.Log.Warn("loading broke off and will go on from the last committed offsets", zap.Error(err))
	kafka.Rest(ctx, retryPause)
}

// load does the work of a generation.
func (l *Loader) load(genCtx context.Context, gen *kafkago.Generation) error {
	group, ctx := errgroup.WithContext(genCtx)
	var partitions []*partition
	for topic, assigned := range gen.Assignments {
		if len(assigned) == 0 {
			continue
		}
		t := l.target(topic)
		group.Go(func() error { return t.inserter.run(ctx) })
		for _, a := range assigned {
			p := &partition{topic: topic, id: a.ID, stored: a.Offset, committed: a.Offset}
			partitions = append(partitions, p)
			f := &fetcher{kafka: l.config.Kafka, part: p, blocks: t.blocks, appender: t.appender, unread: l.unread, fetched: &l.fetched, next: a.Offset}
			group.Go(func() error { return f.run(ctx) })
		}
	}
	group.Go(func() error { return commit(ctx, gen, partitions) })
	return group.Wait()
}

// target is where the messages of a topic go.
type target struct {
	blocks   *blocks
	appender *appender
	inserter *inserter
}

func (l *Loader) target(topic string) *target {
	record := recordOfTopic(topic)
	table, a := "ops.quarantine_entry", new(appender)
	empty := func() columns { return new(quarantineColumns) }
	if record != "" {
		table = "raw." + record
		empty = func() columns { return newColumns(record) }
		a.ids = make(map[uint32]bool)
		for id, name := range l.config.Schemas {
			a.ids[id] = name == record
		}
	}
	n, rows := fewBlocks, smallBlock
	if r := schemas.RecordOf(record); r != nil && r.Partitions > 0 {
		n, rows = manyBlocks, largeBlock
	}
	b := newBlocks(n, rows, empty)
	i := newInserter(table, b, empty())
	i.dial, i.log = l.config.Warehouse.Bulk, l.config.Log
	i.confirmed = func(rows int) {
		l.inserted.Add(uint64(rows))
		l.setProblem(nil)
	}
	return &target{blocks: b, appender: a, inserter: i}
}

func recordOfTopic(topic string) string {
	for _, r := range schemas.Records {
		if r.Topic() == topic {
			return r.Name
		}
	}
	return ""
}

// commit is the only committer of the generation. Per partition it goes forward only, except when the log starts
// elsewhere than where the group stood.
func commit(ctx context.Context, gen *kafkago.Generation, partitions []*partition) error {
	tick := time.NewTicker(commitEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		offsets := make(map[string]map[int]int64)
		for _, p := range partitions {
			if at := p.position(); at != p.committed {
				p.committed = at
				if offsets[p.topic] == nil {
					offsets[p.topic] = make(map[int]int64)
				}
				offsets[p.topic][p.id] = at
			}
		}
		if err := gen.CommitOffsets(offsets); err != nil {
			return err
		}
	}
}
