package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/pipelines/warehouse"
)

// ErrStalled says that the loader stopped making progress.
var ErrStalled = errors.New("the loader makes no progress")

// drainPoll is how often the committed offsets are looked at.
const drainPoll = 50 * time.Millisecond

// Drain waits until everything that was in the topics when it was called is in
// the warehouse, whichever member of the group loads it. When nothing moves for
// as long as stall, it gives up with ErrStalled and what stands in the way.
func (l *Loader) Drain(ctx context.Context, stall time.Duration) error {
	return l.drain(ctx, stall, stall)
}

// drain is Drain that waits as long as patience for a server that is away.
func (l *Loader) drain(ctx context.Context, stall, patience time.Duration) error {
	client, closeIdle := l.config.Kafka.client()
	defer func() { closeIdle() }()
	var ends map[string]map[int]int64
	last, moved := int64(-1), time.Now()
	inserted := l.Inserted()
	for {
		// A leader or a coordinator that is moving or loading answers with an error for a while.
		var left int64
		var err error
		if ends == nil {
			ends, err = endOffsets(ctx, client, topicsToLoad())
		}
		if err == nil {
			left, err = uncommitted(ctx, client, l.config.Group, ends)
		}
		if err == nil && left == 0 {
			return nil
		}
		if now := l.Inserted(); err == nil && left != last || now != inserted {
			last, inserted, moved = left, now, time.Now()
		}
		if Away(err) {
			// The other connections of the client may be as dead as the one that gave no answer.
			closeIdle()
			client, closeIdle = l.config.Kafka.client()
		}
		// A full disk does not empty itself, and what is refused for good is refused again.
		problem := l.Problem()
		limit, cause := stall, errors.Join(err, problem)
		if Away(cause) {
			limit = patience
		}
		_, lasts := Lasting(cause)
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
	if Away(cause) {
		return fmt.Errorf("%w: %w, %s: %w", warehouse.ErrAway, ErrStalled, how, cause)
	}
	if cause != nil {
		return fmt.Errorf("%w, %s: %w", ErrStalled, how, cause)
	}
	return fmt.Errorf("%w, %s", ErrStalled, how)
}

// Lag counts the messages of topics that a group has not committed yet.
func (k Kafka) Lag(ctx context.Context, group string, topics ...string) (int64, error) {
	client, closeIdle := k.client()
	defer closeIdle()
	ends, err := endOffsets(ctx, client, topics)
	if err != nil {
		return 0, err
	}
	return uncommitted(ctx, client, group, ends)
}

// uncommitted counts the messages before the ends that are not committed.
func uncommitted(ctx context.Context, client *kafka.Client, group string, ends map[string]map[int]int64) (left int64, err error) {
	done, err := committed(ctx, client, group, ends)
	if err != nil {
		return 0, err
	}
	for topic, partitions := range ends {
		for id, end := range partitions {
			left += end - min(done[topic][id], end)
		}
	}
	return left, nil
}

// committed gives where a group stands in the partitions of the map; 0 where nothing was committed yet.
func committed(ctx context.Context, client *kafka.Client, group string, of map[string]map[int]int64) (map[string]map[int]int64, error) {
	request := &kafka.OffsetFetchRequest{GroupID: group, Topics: make(map[string][]int)}
	for topic, partitions := range of {
		for id := range partitions {
			request.Topics[topic] = append(request.Topics[topic], id)
		}
	}
	var response *kafka.OffsetFetchResponse
	err := again(ctx, func(ctx context.Context) (err error) {
		if response, err = client.OffsetFetch(ctx, request); err == nil {
			err = response.Error
		}
		return err
	})
	if errors.Is(err, kafka.GroupIdNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("asking Kafka how far group %s is: %w", group, err)
	}
	at := make(map[string]map[int]int64, len(response.Topics))
	for topic, partitions := range response.Topics {
		at[topic] = make(map[int]int64, len(partitions))
		for _, p := range partitions {
			if p.Error != nil {
				return nil, fmt.Errorf("asking Kafka how far group %s is in %s: %w", group, topic, p.Error)
			}
			at[topic][p.Partition] = max(p.CommittedOffset, 0)
		}
	}
	return at, nil
}

// endOffsets gives the offset after the last message of every partition.
func endOffsets(ctx context.Context, client *kafka.Client, topics []string) (map[string]map[int]int64, error) {
	return offsets(ctx, client, topics, kafka.LastOffsetOf)
}

// firstOffsets gives the offset of the first message of every partition that is still there.
func firstOffsets(ctx context.Context, client *kafka.Client, topics []string) (map[string]map[int]int64, error) {
	return offsets(ctx, client, topics, kafka.FirstOffsetOf)
}

// offsets asks for an offset of every partition of topics, all of which there must be; -1 where there is none.
func offsets(ctx context.Context, client *kafka.Client, topics []string, of func(int) kafka.OffsetRequest) (found map[string]map[int]int64, err error) {
	err = again(ctx, func(ctx context.Context) error {
		found, err = offsetsNow(ctx, client, topics, of)
		return err
	})
	return found, err
}

func offsetsNow(ctx context.Context, client *kafka.Client, topics []string, of func(int) kafka.OffsetRequest) (map[string]map[int]int64, error) {
	counts, err := partitionsOf(ctx, client)
	if err != nil {
		return nil, err
	}
	request := &kafka.ListOffsetsRequest{Topics: make(map[string][]kafka.OffsetRequest)}
	for _, topic := range topics {
		if counts[topic] == 0 { // a broker that just came may not know of it yet
			return nil, fmt.Errorf("asking Kafka for topic %s: %w", topic, kafka.UnknownTopicOrPartition)
		}
		for id := range counts[topic] {
			request.Topics[topic] = append(request.Topics[topic], of(id))
		}
	}
	response, err := client.ListOffsets(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("asking Kafka where its topics begin or end: %w", err)
	}
	found := make(map[string]map[int]int64, len(response.Topics))
	for topic, partitions := range response.Topics {
		found[topic] = make(map[int]int64, len(partitions))
		for _, p := range partitions {
			if p.Error != nil {
				return nil, fmt.Errorf("asking Kafka where topic %s begins or ends: %w", topic, p.Error)
			}
			at := max(p.FirstOffset, p.LastOffset) // what was not asked for is -1
			for offset := range p.Offsets {
				at = max(at, offset)
			}
			found[topic][p.Partition] = at
		}
	}
	return found, nil
}
