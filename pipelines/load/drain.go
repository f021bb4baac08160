package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// drainPoll is how often the committed offsets are looked at.
const drainPoll = 50 * time.Millisecond

// Drain waits until everything that was in the topics when it was called is in
// the warehouse, whichever member of the group loads it. When nothing moves for
// as long as stall, or as patience while a server is away, it gives up with ErrStalled and what stands in the way.
func (l *Loader) Drain(ctx context.Context, stall, patience time.Duration) error {
	client, closeIdle := l.config.Kafka.Client()
	defer func() { closeIdle() }()
	var ends map[string]map[int]int64
	last, moved := int64(-1), time.Now()
	inserted := l.Inserted()
	for {
		// A leader or a coordinator that is moving or loading answers with an error for a while.
		var left int64
		var err error
		if ends == nil {
			ends, err = kafka.EndOffsets(ctx, client, schemas.LoadedTopics())
		}
		if err == nil {
			left, err = kafka.Uncommitted(ctx, client, l.config.Group, ends)
		}
		if err == nil && left == 0 {
			return nil
		}
		if now := l.Inserted(); err == nil && left != last || now != inserted {
			last, inserted, moved = left, now, time.Now()
		}
		if kafka.Away(err) {
			// The other connections of the client may be as dead as the one that gave no answer.
			closeIdle()
			client, closeIdle = l.config.Kafka.Client()
		}
		// A full disk does not empty itself, and what is refused for good is refused again.
		problem := l.Problem()
		limit, cause := stall, errors.Join(err, problem)
		if kafka.Away(cause) {
			limit = patience
		}
		_, lasts := kafka.Lasting(cause)
		if time.Since(moved) > limit || lasts || warehouse.DiskFull(problem) {
			return stalled(last, cause)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(drainPoll):
		}
	}
}

// stalled says how much is left, -1 for unknown, and what is known to stand in the way.
func stalled(left int64, cause error) error {
	how := "how many messages wait in Kafka is not known"
	if left >= 0 {
		how = fmt.Sprintf("%d messages wait in Kafka", left)
	}
	if kafka.Away(cause) {
		return fmt.Errorf("%w: %w, %s: %w", warehouse.ErrAway, kafka.ErrStalled, how, cause)
	}
	if cause != nil {
		return fmt.Errorf("%w, %s: %w", kafka.ErrStalled, how, cause)
	}
	return fmt.Errorf("%w, %s", kafka.ErrStalled, how)
}
