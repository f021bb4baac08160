package kafka

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// ErrAtWork says that somebody works on the topics who has to stop first.
var ErrAtWork = errors.New("others are at work on the topics: stop every 'doorstroom serve' and 'doorstroom run', then try again")

// Idle fails with ErrAtWork when one of the consumer groups has members.
func Idle(ctx context.Context, k Cluster, groups ...string) error {
	client, closeIdle := k.Client()
	defer closeIdle()
	response, err := client.DescribeGroups(ctx, &kafka.DescribeGroupsRequest{GroupIDs: groups})
	if err != nil {
		return fmt.Errorf("asking Kafka who is at work: %w", err)
	}
	for _, g := range response.Groups {
		if g.Error != nil && !errors.Is(g.Error, kafka.GroupIdNotFound) {
			return fmt.Errorf("asking Kafka who is at work in group %s: %w", g.GroupID, g.Error)
		}
		if len(g.Members) > 0 {
			return ErrAtWork
		}
	}
	return nil
}

// Forget lets go of every message of the topics of records, all of which the
// loader's group must have committed, and gives how many there were. Kafka
// cannot let go of the messages of one person only.
//
// First each partition gets a message that only marks a place and is passed over
// by readers, and then the messages before it go. So a partition is never
// without a message: the embedded Kafka tells from the last one where a
// partition ends, and would else begin again at offset 0, under what the group
// has committed, so that what came later would count as loaded.
func Forget(ctx context.Context, k Cluster, group string) (messages uint64, err error) {
	registerDeleteRecords()
	client, closeIdle := k.Client()
	defer closeIdle()
	first, ends, err := bounds(ctx, client)
	if err != nil {
		return 0, err
	}
	done, err := committed(ctx, client, group, ends)
	if err != nil {
		return 0, err
	}
	for _, r := range schemas.Records {
		topic := r.Topic()
		for id, end := range ends[topic] {
			if end == first[topic][id] {
				continue
			}
			if err := forgetPartition(ctx, client, topic, id, done[topic][id]); err != nil {
				return messages, fmt.Errorf("deleting the messages of %s, partition %d; the Kafka user needs the right to delete: %w", topic, id, err)
			}
			messages += uint64(end - first[topic][id])
		}
	}
	return messages, nil
}

func forgetPartition(ctx context.Context, client *kafka.Client, topic string, id int, committed int64) error {
	response, err := client.Produce(ctx, &kafka.ProduceRequest{
		Topic: topic, Partition: id, RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(kafka.Record{Time: time.Now(), Value: kafka.NewBytes([]byte(schemas.PlaceMark))}),
	})
	if err == nil {
		err = response.Error
	}
	if err != nil {
		return err
	}
	if committed < response.BaseOffset {
		return fmt.Errorf("messages came that are not loaded yet: %w", ErrAtWork)
	}
	return deleteRecords(ctx, client, topic, int32(id), response.BaseOffset)
}
