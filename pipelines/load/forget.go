package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// ErrAtWork says that somebody works on the topics who has to stop first.
var ErrAtWork = errors.New("others are at work on the topics: stop every 'doorstroom serve' and 'doorstroom run', then try again")

// Idle fails with ErrAtWork when one of the consumer groups has members.
func Idle(ctx context.Context, k Kafka, groups ...string) error {
	client, closeIdle := k.client()
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
func Forget(ctx context.Context, k Kafka) (messages uint64, err error) {
	registerDeleteRecords()
	client, closeIdle := k.client()
	defer closeIdle()
	first, err := firstOffsets(ctx, client, topicsToLoad())
	if err != nil {
		return 0, err
	}
	ends, err := endOffsets(ctx, client, topicsToLoad())
	if err != nil {
		return 0, err
	}
	done, err := committed(ctx, client, DefaultGroup, ends)
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
				return messages, fmt.Errorf("letting go of the messages of %s, partition %d; the Kafka user needs the right to delete: %w", topic, id, err)
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

// Count reads all messages of the topics of records and counts those that hold one of some texts, in key or value.
func Count(ctx context.Context, k Kafka, texts [][]byte) (messages uint64, err error) {
	client, closeIdle := k.client()
	defer closeIdle()
	first, err := firstOffsets(ctx, client, topicsToLoad())
	if err != nil {
		return 0, err
	}
	ends, err := endOffsets(ctx, client, topicsToLoad())
	if err != nil {
		return 0, err
	}
	for topic, partitions := range ends {
		if topic == schemas.QuarantineTopic {
			continue // entries name places and rules only
		}
		for id, end := range partitions {
			n, err := countPartition(ctx, k, topic, id, first[topic][id], end, texts)
			if err != nil {
				return 0, fmt.Errorf("reading all messages of %s, partition %d: %w", topic, id, err)
			}
			messages += n
		}
	}
	return messages, nil
}

func countPartition(ctx context.Context, k Kafka, topic string, id int, next, end int64, texts [][]byte) (n uint64, err error) {
	if next == end {
		return 0, nil
	}
	conn, err := dialLeader(ctx, k.dialer(), k.Brokers, topic, id)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	for next < end {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if _, err := conn.Seek(next, kafka.SeekAbsolute|kafka.SeekDontCheck); err != nil {
			return 0, err
		}
		if err := conn.SetReadDeadline(time.Now().Add(kafkaTimeout)); err != nil {
			return 0, err
		}
		batch := conn.ReadBatchWith(kafka.ReadBatchConfig{MinBytes: 1, MaxBytes: fetchBytes, MaxWait: fetchWait})
		for {
			m, err := batch.ReadMessage()
			if errors.Is(err, io.EOF) || errors.Is(err, kafka.RequestTimedOut) {
				break
			}
			if err != nil {
				_ = batch.Close()
				return 0, err
			}
			if holds(m, texts) {
				n++
			}
		}
		next = max(next, batch.Offset())
		if err := ignoreQuiet(batch.Close()); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func holds(m kafka.Message, texts [][]byte) bool {
	for _, text := range texts {
		if bytes.Contains(m.Value, text) || bytes.Contains(m.Key, text) {
			return true
		}
	}
	return false
}
