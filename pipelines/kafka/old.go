package kafka

import (
	"cmp"
	"context"
	"doorstroom/schemas"
	"fmt"
	"slices"
	"time"

	"github.com/segmentio/kafka-go"
)

// Old are messages of a partition that are older than a moment: from one offset up to and without another.
type Old struct {
	Topic     string
	Partition int
	From, To  int64
}

// OldMessages lists messages that came before a moment and that their reader
// has committed, of the topics that the loader reads. The last message of a
// partition stays, see Forget.
func OldMessages(ctx context.Context, k Cluster, group string, before time.Time) (list []Old, err error) {
	client, closeIdle := k.Client()
	defer closeIdle()
	first, ends, err := bounds(ctx, client)
	if err != nil {
		return nil, err
	}
	done, err := committed(ctx, client, group, ends)
	if err != nil {
		return nil, err
	}
	since, err := offsets(ctx, client, schemas.LoadedTopics(), func(id int) kafka.OffsetRequest { return kafka.TimeOffsetOf(id, before) })
	if err != nil {
		return nil, err
	}
	for _, topic := range schemas.LoadedTopics() {
		for id, end := range ends[topic] {
			to := since[topic][id]
			if to < 0 { // none is younger
				to = end
			}
			if to = min(to, done[topic][id], end-1); to > first[topic][id] {
				list = append(list, Old{Topic: topic, Partition: id, From: first[topic][id], To: to})
			}
		}
	}
	slices.SortFunc(list, func(a, b Old) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Partition, b.Partition))
	})
	return list, nil
}

// DropMessages lets go of old messages.
func DropMessages(ctx context.Context, k Cluster, o Old) error {
	registerDeleteRecords()
	client, closeIdle := k.Client()
	defer closeIdle()
	if err := deleteRecords(ctx, client, o.Topic, int32(o.Partition), o.To); err != nil {
		return fmt.Errorf("deleting messages of %s, partition %d; the Kafka user needs the right to delete: %w", o.Topic, o.Partition, err)
	}
	return nil
}
