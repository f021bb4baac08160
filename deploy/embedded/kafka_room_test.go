package embedded

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// roomTopic is one that the room looks after.
const roomTopic = schemas.QuarantineTopic

// fill writes a batch of a MiB to partition 0 of the topic.
func fill(ctx context.Context, client *kafka.Client) error {
	value := bytes.Repeat([]byte("v"), 900_000)
	response, err := client.Produce(ctx, &kafka.ProduceRequest{
		Topic: roomTopic, RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(kafka.Record{Value: kafka.NewBytes(value)}),
	})
	if err == nil {
		err = response.Error
	}
	return err
}

// commitRoom says that the reader has everything before the offset.
func commitRoom(t *testing.T, client *kafka.Client, offset int64) {
	t.Helper()
	response, err := client.OffsetCommit(t.Context(), &kafka.OffsetCommitRequest{
		GroupID: testGroup, GenerationID: -1, Topics: map[string][]kafka.OffsetCommit{roomTopic: {{Partition: 0, Offset: offset}}},
	})
	if err == nil {
		err = response.Topics[roomTopic][0].Error
	}
	if err != nil {
		t.Fatal(err)
	}
}

// roomKafka is a broker with the topic and a room of its own.
func roomKafka(t *testing.T, dir string, bytes int64) (*Kafka, *kafka.Client) {
	t.Helper()
	k := startKafka(t, testOptions(t, dir))
	k.room = keepRoom(k.cluster, testGroup, bytes)
	client := kafkaClient(t, k.Dial)
	_, err := client.CreateTopics(t.Context(), &kafka.CreateTopicsRequest{
		Topics: []kafka.TopicConfig{{Topic: roomTopic, NumPartitions: 1, ReplicationFactor: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return k, client
}

// untilBegin waits until nothing before an offset is kept.
func (k *Kafka) untilBegin(t *testing.T, offset int64) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); k.cluster.PartitionInfo(roomTopic, 0).LogStartOffset < offset; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after a minute the topic begins at %d, want %d", k.cluster.PartitionInfo(roomTopic, 0).LogStartOffset, offset)
		}
	}
}

// TestRoomLetsGoOfWhatWasRead from disk too, and of nothing else.
func TestRoomLetsGoOfWhatWasRead(t *testing.T) {
	dir := t.TempDir()
	k, client := roomKafka(t, dir, 1<<30)
	for range 30 {
		if err := fill(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	commitRoom(t, client, 20)
	k.untilBegin(t, 20)
	if start := k.cluster.PartitionInfo(roomTopic, 0).LogStartOffset; start != 20 {
		t.Errorf("the topic begins at %d, want 20", start)
	}
	commitRoom(t, client, 30)
	k.untilBegin(t, 29)
	var size int64
	segments, err := filepath.Glob(filepath.Join(dir, "kafka", "*", roomTopic+"*", "*"))
	if err != nil || len(segments) == 0 {
		t.Fatal("no files of the topic", err)
	}
	for _, name := range segments {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 9<<20 {
		t.Errorf("%d bytes stay on disk, want one file of at most 8 MiB", size)
	}
	if last := k.cluster.PartitionInfo(roomTopic, 0); last.LogStartOffset != 29 || last.HighWatermark != 30 {
		t.Errorf("the topic holds %d to %d, want the last message", last.LogStartOffset, last.HighWatermark)
	}
}

// TestRoomHoldsWrites until the reader has moved on.
func TestRoomHoldsWrites(t *testing.T) {
	k, client := roomKafka(t, t.TempDir(), 4<<20)
	wrote := make(chan error, 1)
	write := func() { wrote <- fill(t.Context(), client) }
	go write()
	end := time.After(10 * time.Minute)
	for held := false; !held; {
		select {
		case <-end:
			t.Fatal("after ten minutes no write is held back")
		case err := <-wrote:
			if err != nil {
				t.Fatal(err)
			}
			go write()
		case <-time.After(3 * trimEvery):
			held = k.room.full.Load() // a write that is only slow is waited for
		}
	}
	commitRoom(t, client, k.cluster.PartitionInfo(roomTopic, 0).HighWatermark)
	if err := <-wrote; err != nil {
		t.Fatal(err)
	}
}
