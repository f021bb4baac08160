package kafka

import (
	"context"
	"doorstroom/schemas"
	"errors"
	"fmt"

	"github.com/segmentio/kafka-go"
)

// ErrStalled says that the reader of the topics stopped making progress.
var ErrStalled = errors.New("the loader makes no progress")

// Lag counts the messages of topics that a group has not committed yet.
func (k Cluster) Lag(ctx context.Context, group string, topics ...string) (int64, error) {
	client, closeIdle := k.Client()
	defer closeIdle()
	ends, err := EndOffsets(ctx, client, topics)
	if err != nil {
		return 0, err
	}
	return Uncommitted(ctx, client, group, ends)
}

// Uncommitted counts the messages before the ends that are not committed.
func Uncommitted(ctx context.Context, client *kafka.Client, group string, ends map[string]map[int]int64) (left int64, err error) {
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

// EndOffsets gives the offset after the last message of every partition.
func EndOffsets(ctx context.Context, client *kafka.Client, topics []string) (map[string]map[int]int64, error) {
	return offsets(ctx, client, topics, kafka.LastOffsetOf)
}

// bounds gives where the partitions of the topics that the loader reads begin and end.
func bounds(ctx context.Context, client *kafka.Client) (first, ends map[string]map[int]int64, err error) {
	if first, err = firstOffsets(ctx, client, schemas.LoadedTopics()); err != nil {
		return nil, nil, err
	}
	ends, err = EndOffsets(ctx, client, schemas.LoadedTopics())
	return first, ends, err
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
	counts, err := PartitionsOf(ctx, client)
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
