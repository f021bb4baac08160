package embedded

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
)

const (
	testTopic = "doorstroom.test"
	testGroup = "load"
)

func startKafka(t *testing.T, o Options) *Kafka {
	t.Helper()
	k, err := StartKafka(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Stop)
	return k
}

// dial is how a client reaches a broker.
type dial func(ctx context.Context, network, address string) (net.Conn, error)

// insideAddr is what a broker says that its address is.
const insideAddr = "localhost:9092"

func kafkaClient(t *testing.T, d dial) *kafka.Client {
	t.Helper()
	transport := &kafka.Transport{Dial: d}
	t.Cleanup(transport.CloseIdleConnections)
	return &kafka.Client{Addr: kafka.TCP(insideAddr), Timeout: 10 * time.Second, Transport: transport}
}

func createTopic(t *testing.T, client *kafka.Client, partitions int) {
	t.Helper()
	response, err := client.CreateTopics(t.Context(), &kafka.CreateTopicsRequest{
		Topics: []kafka.TopicConfig{{Topic: testTopic, NumPartitions: partitions, ReplicationFactor: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Errors[testTopic]; err != nil {
		t.Fatal(err)
	}
}

// produce writes n messages "0".."n-1" to partition 0 with one request, acknowledged.
func produce(t *testing.T, client *kafka.Client, n int) {
	t.Helper()
	records := make([]kafka.Record, n)
	for i := range records {
		records[i] = kafka.Record{Key: kafka.NewBytes([]byte("k")), Value: kafka.NewBytes(fmt.Append(nil, i))}
	}
	response, err := client.Produce(t.Context(), &kafka.ProduceRequest{
		Topic: testTopic, RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(records...),
	})
	if err == nil {
		err = response.Error
	}
	if err != nil {
		t.Fatal(err)
	}
}

func lastOffset(t *testing.T, client *kafka.Client) int64 {
	t.Helper()
	response, err := client.ListOffsets(t.Context(), &kafka.ListOffsetsRequest{
		Topics: map[string][]kafka.OffsetRequest{testTopic: {kafka.LastOffsetOf(0)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response.Topics[testTopic][0].LastOffset
}

// commit joins the group, as a worker does, and commits offset for partition 0.
func commit(t *testing.T, d dial, offset int64) {
	t.Helper()
	group, err := kafka.NewConsumerGroup(kafka.ConsumerGroupConfig{
		ID: testGroup, Brokers: []string{insideAddr}, Topics: []string{testTopic}, StartOffset: kafka.FirstOffset,
		Dialer: &kafka.Dialer{DialFunc: d, Timeout: 10 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer group.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	generation, err := group.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(generation.Assignments[testTopic]) == 0 {
		t.Fatal("the only member of the group got no partition")
	}
	if err := generation.CommitOffsets(map[string]map[int]int64{testTopic: {0: offset}}); err != nil {
		t.Fatal(err)
	}
}

func committed(t *testing.T, client *kafka.Client) int64 {
	t.Helper()
	response, err := client.OffsetFetch(t.Context(), &kafka.OffsetFetchRequest{
		GroupID: testGroup, Topics: map[string][]int{testTopic: {0}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response.Topics[testTopic][0].CommittedOffset
}

func TestKafkaServesWhatTheStagesUse(t *testing.T) {
	k := startKafka(t, testOptions(t, t.TempDir()))
	client := kafkaClient(t, k.Dial)
	createTopic(t, client, 2)
	produce(t, client, 100)
	if got := lastOffset(t, client); got != 100 {
		t.Errorf("the last offset is %d, want 100", got)
	}
	response, err := client.Fetch(t.Context(), &kafka.FetchRequest{
		Topic: testTopic, Offset: 40, MinBytes: 1, MaxBytes: 1 << 20, MaxWait: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	// A batch comes whole, so a reader passes over what lies before the offset that it asked for.
	next := int64(40)
	for {
		record, err := response.Records.ReadRecord()
		if err != nil {
			break // the end of the answer
		}
		value, err := kafka.ReadAll(record.Value)
		if err != nil {
			t.Fatal(err)
		}
		if record.Offset < next {
			continue
		}
		if record.Offset != next || string(value) != fmt.Sprint(next) {
			t.Fatalf("offset %d holds %q, want %d", record.Offset, value, next)
		}
		next++
	}
	if next != 100 {
		t.Errorf("read up to offset %d, want 100", next)
	}
	commit(t, k.Dial, 60)
	if got := committed(t, client); got != 60 {
		t.Errorf("committed %d, want 60", got)
	}
}

func TestKafkaMakesNoTopicByName(t *testing.T) {
	k := startKafka(t, testOptions(t, t.TempDir()))
	writer := &kafka.Writer{Addr: kafka.TCP(k.Addr()), Transport: kafkaClient(t, k.Dial).Transport, Topic: "unknown", MaxAttempts: 1,
		AllowAutoTopicCreation: true}
	defer writer.Close()
	if err := writer.WriteMessages(t.Context(), kafka.Message{Value: []byte("x")}); err == nil {
		t.Error("a message went to a topic that nobody made")
	}
}

func TestKafkaSurvivesItsKill(t *testing.T) {
	dir := t.TempDir()
	victim, words := startVictim(t, "kafka", dir)
	reach := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", words[0])
	}
	client := kafkaClient(t, reach)
	createTopic(t, client, 1)
	produce(t, client, 1000)
	commit(t, reach, 700)
	killHard(t, victim)

	k := startKafka(t, testOptions(t, dir))
	client = kafkaClient(t, k.Dial)
	if got := lastOffset(t, client); got != 1000 {
		t.Errorf("%d messages after kill -9, want 1000", got)
	}
	if got := committed(t, client); got != 700 {
		t.Errorf("the group stands at %d after kill -9, want 700", got)
	}
	commit(t, k.Dial, 800) // a new member gets the partition, though the killed one never left
}
