package kafka

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

// Count reads all messages of the topics of records and counts those that hold one of some texts, in key or value.
func Count(ctx context.Context, k Cluster, texts [][]byte) (messages uint64, err error) {
	client, closeIdle := k.Client()
	defer closeIdle()
	first, ends, err := bounds(ctx, client)
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

func countPartition(ctx context.Context, k Cluster, topic string, id int, next, end int64, texts [][]byte) (n uint64, err error) {
	if next == end {
		return 0, nil
	}
	conn, err := DialLeader(ctx, k.Dialer(), k.Brokers, topic, id)
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
		if err := conn.SetReadDeadline(time.Now().Add(RequestTimeout)); err != nil {
			return 0, err
		}
		batch := conn.ReadBatchWith(kafka.ReadBatchConfig{MinBytes: 1, MaxBytes: FetchBytes, MaxWait: FetchWait})
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
		if err := IgnoreQuiet(batch.Close()); err != nil {
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
