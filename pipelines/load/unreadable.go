package load

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/warehouse"
)

// place is where a message is that could not be read, and why; never what it holds.
type place struct {
	topic     string
	partition int
	offset    int64
	problem   string
}

// unreadable keeps account of messages that were passed over. The delivery that
// such a message belongs to has fewer rows than it promised, so it is not accepted.
type unreadable struct {
	db    *warehouse.DB
	log   *zap.Logger
	count atomic.Uint64
}

// store writes the places of one fetch to ops.unreadable_message.
func (u *unreadable) store(ctx context.Context, places []place) error {
	batch, err := u.db.PrepareBatch(ctx, "INSERT INTO ops.unreadable_message (topic, partition, offset, problem, seen_at)")
	if err != nil {
		return fmt.Errorf("noting unreadable messages: %w", err)
	}
	now := time.Now()
	for _, p := range places {
		if err := batch.Append(p.topic, uint32(p.partition), uint64(p.offset), p.problem, now); err != nil {
			return fmt.Errorf("noting unreadable messages: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("noting unreadable messages: %w", err)
	}
	u.count.Add(uint64(len(places)))
	first := places[0]
	u.log.Warn("messages could not be read and were passed over; the delivery that they belong to will not be accepted",
		zap.Int("messages", len(places)), zap.String("topic", first.topic), zap.Int("partition", first.partition),
		zap.Int64("first_offset", first.offset), zap.String("problem", first.problem))
	return nil
}
