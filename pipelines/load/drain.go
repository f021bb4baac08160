package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"
)

// ErrStalled says that the loader stopped making progress.
var ErrStalled = errors.New("the loader makes no progress")

// drainPoll is how often the committed offsets are looked at.
const drainPoll = 50 * time.Millisecond

// Drain waits until everything that was in the topics when it was called is in
// the warehouse, whichever member of the group loads it. When nothing moves for
// as long as stall, it gives up with ErrStalled and what stands in the way.
func (l *Loader) Drain(ctx context.Context, stall time.Duration) error {
	client, closeIdle := l.config.Kafka.client()
	defer closeIdle()
	ends, err := endOffsets(ctx, client)
	if err != nil {
		return err
	}
	last, moved := int64(-1), time.Now()
	inserted := l.Inserted()
	for {
		left, err := l.left(ctx, client, ends)
		if err != nil {
			return err
		}
		if left == 0 {
			return nil
		}
		if now := l.Inserted(); left != last || now != inserted {
			last, inserted, moved = left, now, time.Now()
		}
		if time.Since(moved) > stall {
			return fmt.Errorf("%w: %d messages wait in Kafka: %w", ErrStalled, left, errors.Join(l.Problem()))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(drainPoll):
		}
	}
}

// left counts the messages before the ends that are not committed.
func (l *Loader) left(ctx context.Context, client *kafka.Client, ends map[string]map[int]int64) (left int64, err error) {
	request := &kafka.OffsetFetchRequest{GroupID: l.config.Group, Topics: make(map[string][]int)}
	for topic, partitions := range ends {
		for id := range partitions {
			request.Topics[topic] = append(request.Topics[topic], id)
		}
	}
	response, err := client.OffsetFetch(ctx, request)
	if err == nil {
		err = response.Error
	}
	if err != nil {
		return 0, fmt.Errorf("asking Kafka how far the loader is: %w", err)
	}
	for topic, partitions := range response.Topics {
		for _, p := range partitions {
			if p.Error != nil {
				return 0, fmt.Errorf("asking Kafka how far the loader is in %s: %w", topic, p.Error)
			}
			left += max(0, ends[topic][p.Partition]-max(0, p.CommittedOffset))
		}
	}
	return left, nil
}

// endOffsets gives the offset after the last message of every partition that the loader reads.
func endOffsets(ctx context.Context, client *kafka.Client) (map[string]map[int]int64, error) {
	counts, err := partitionsOf(ctx, client)
	if err != nil {
		return nil, err
	}
	request := &kafka.ListOffsetsRequest{Topics: make(map[string][]kafka.OffsetRequest)}
	for _, topic := range topicsToLoad() {
		for id := range counts[topic] {
			request.Topics[topic] = append(request.Topics[topic], kafka.LastOffsetOf(id))
		}
	}
	response, err := client.ListOffsets(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("asking Kafka where its topics end: %w", err)
	}
	ends := make(map[string]map[int]int64, len(response.Topics))
	for topic, partitions := range response.Topics {
		ends[topic] = make(map[int]int64, len(partitions))
		for _, p := range partitions {
			if p.Error != nil {
				return nil, fmt.Errorf("asking Kafka where topic %s ends: %w", topic, p.Error)
			}
			ends[topic][p.Partition] = p.LastOffset
		}
	}
	return ends, nil
}
