package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

const (
	// fetchGrace is how much later than fetchWait an answer may come before the connection counts as dead.
	fetchGrace = 8 * time.Second
	// messageBytes is where the message buffer starts; it grows to what a broker may send.
	messageBytes = 64 << 10
)

// fetcher reads one partition from where the group stands and decodes into the blocks of its table.
// It reads with its own fetches: kafka-go's Reader may hand out stale messages after a rebalance.
type fetcher struct {
	kafka     kafka.Cluster
	part      *partition
	blocks    *blocks
	appender  *appender
	unread    *unreadable
	fetched   *atomic.Uint64
	next      int64 // offset of the next message
	message   []byte
	unreadNow []place
}

// run reads until ctx ends or something fails. A batch is broken once it was so over two connections: what one of them garbled, the next
// brings whole.
func (f *fetcher) run(ctx context.Context) error {
	f.message = make([]byte, messageBytes)
	broken := int64(-1) // offset that could not be read the last time
	for {
		err := f.readOn(ctx)
		if ctx.Err() != nil || !errors.Is(err, errBroken) {
			return err
		}
		if broken != f.next {
			broken = f.next
			continue
		}
		if err := f.setAside(ctx); err != nil {
			return err
		}
	}
}

// setAside passes over one offset of a batch that cannot be unpacked: no other message of its partition waits for it.
func (f *fetcher) setAside(ctx context.Context) error {
	err := f.unread.store(ctx, []place{{f.part.topic, f.part.id, f.next, "in a batch that cannot be unpacked"}})
	f.next++
	f.part.begin(f.next).confirm()
	return err
}

// readOn reads over one connection.
func (f *fetcher) readOn(ctx context.Context) error {
	conn, err := kafka.DialLeader(ctx, f.kafka.Dialer(), f.kafka.Brokers, f.part.topic, f.part.id)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	defer conn.Close()
	if err := f.seek(conn); err != nil {
		return f.failed(ctx, err)
	}
	for {
		if err := f.fetch(ctx, conn); err != nil {
			return f.failed(ctx, err)
		}
	}
}

func (f *fetcher) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err() // the connection was closed because of it
	}
	return fmt.Errorf("reading Kafka topic %s, partition %d: %w", f.part.topic, f.part.id, err)
}

// seek goes to the committed offset, or to the first one there is when nothing
// was committed or the log no longer reaches back to it.
func (f *fetcher) seek(conn *kafkago.Conn) error {
	if err := conn.SetReadDeadline(time.Now().Add(kafka.RequestTimeout)); err != nil {
		return err
	}
	first, last, err := conn.ReadOffsets()
	if err != nil {
		return err
	}
	if f.next < first || f.next > last {
		f.next = first
	}
	f.part.start(f.next)
	return nil
}

// fetch asks once and passes on what comes.
func (f *fetcher) fetch(ctx context.Context, conn *kafkago.Conn) error {
	if _, err := conn.Seek(f.next, kafkago.SeekAbsolute|kafkago.SeekDontCheck); err != nil {
		return err
	}
	if err := conn.SetReadDeadline(time.Now().Add(kafka.FetchWait + fetchGrace)); err != nil {
		return err
	}
	batch := conn.ReadBatchWith(kafkago.ReadBatchConfig{MinBytes: 1, MaxBytes: kafka.FetchBytes, MaxWait: kafka.FetchWait})
	if errors.Is(batch.Err(), kafkago.RequestTimedOut) || batch.Err() == nil && batch.HighWaterMark() <= f.next {
		return kafka.IgnoreQuiet(batch.Close()) // nothing new
	}
	if err := batch.Err(); err != nil {
		_ = batch.Close()
		return err
	}
	k, err := f.blocks.take(ctx)
	if err != nil {
		_ = batch.Close()
		return err
	}
	// The wait for a block may have been long: the server is the brake.
	if err = conn.SetReadDeadline(time.Now().Add(fetchGrace)); err == nil {
		err = f.read(k, batch)
	}
	if closing := kafka.IgnoreQuiet(batch.Close()); err == nil {
		err = closing
	}
	return f.pass(ctx, k, err)
}

// read decodes the messages of one answer into the block.
func (f *fetcher) read(k *block, batch *kafkago.Batch) error {
	before := k.rows()
	defer func() { f.fetched.Add(uint64(k.rows() - before)) }()
	for {
		n, err := batch.Read(f.message)
		switch {
		case errors.Is(err, io.ErrShortBuffer):
			f.message = make([]byte, 2*len(f.message))
			return nil
		case errors.Is(err, io.EOF), errors.Is(err, kafkago.RequestTimedOut):
			f.next = max(f.next, batch.Offset())
			return nil
		case err != nil:
			return ofBatch(err)
		}
		// A batch may start before the offset that was asked for.
		offset := batch.Offset() - 1
		if offset < f.next {
			continue
		}
		f.next = offset + 1
		if string(f.message[:n]) == schemas.PlaceMark {
			continue
		}
		if err := f.appender.add(k.columns, f.message[:n]); err != nil {
			f.unreadNow = append(f.unreadNow, place{f.part.topic, f.part.id, offset, err.Error()})
		}
	}
}

// pass hands the block on with the range that was read into it.
func (f *fetcher) pass(ctx context.Context, k *block, err error) error {
	if len(f.unreadNow) > 0 && err == nil {
		err = f.unread.store(ctx, f.unreadNow)
		f.unreadNow = f.unreadNow[:0]
	}
	s := f.part.begin(f.next)
	if k.rows() == 0 {
		s.confirm()
	} else {
		k.spans = append(k.spans, s)
	}
	f.blocks.give(k)
	return err
}
