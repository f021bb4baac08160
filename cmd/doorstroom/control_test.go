package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/schemas"
)

// TestControlMessagesDecideNothing has somebody take every message off the control topic on its way and put another in its
// place, with the same ids, other numbers and the contrary verdict. What is decided is what was read.
func TestControlMessagesDecideNothing(t *testing.T) {
	t.Parallel()
	landing := smallLanding(t)
	broken := mutations(1, 30)
	broken.rows = 31
	landed{supplier: "coa", id: "short", mode: "mutation", files: []dataFile{broken}}.write(t, landing)
	calm := newUser(t)
	calm.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
	want := calm.decided()

	cluster, err := kfake.NewCluster(kfake.NumBrokers(1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	forger := &forger{t: t, to: &kafka.Writer{Addr: kafka.TCP(cluster.ListenAddrs()...), Topic: schemas.ControlTopic, BatchSize: 1}}
	t.Cleanup(func() { _ = forger.to.Close() })
	cluster.ControlKey(int16(kmsg.Produce), func(request kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		answer := forger.take(request.(*kmsg.ProduceRequest))
		return answer, nil, answer != nil
	})
	u := newUser(t).with("DOORSTROOM_KAFKA_BROKERS=" + cluster.ListenAddrs()[0])
	u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
	forger.replacing.Wait()
	if got := u.decided(); got != want {
		t.Errorf("decided was\n%s\nwant\n%s", got, want)
	}
	if opened, closed := forger.opened.Load(), forger.closed.Load(); opened == 0 || opened != closed {
		t.Errorf("%d messages that a delivery is opened were replaced, and %d that one is closed", opened, closed)
	}
}

// decided is all that was decided, and what stands in raw.
func (u *user) decided() string {
	u.t.Helper()
	return u.run("sql", "SELECT * EXCEPT decided_at FROM ops.delivery FINAL ORDER BY ALL").exits(0).out +
		u.run("sql", "SELECT sum(n) FROM ("+rawCounts()+")").exits(0).out
}

// forger puts other messages in the place of those on the control topic.
type forger struct {
	t              *testing.T
	to             *kafka.Writer
	replacing      sync.WaitGroup
	opened, closed atomic.Int32
}

// mark is in a header of what the forger sends itself.
const mark = "of the forger"

// take answers for what goes to the control topic; nil leaves a request to the broker.
func (f *forger) take(request *kmsg.ProduceRequest) kmsg.Response {
	topic := request.Topics[0]
	if topic.Topic != schemas.ControlTopic || bytes.Contains(topic.Partitions[0].Records, []byte(mark)) {
		return nil
	}
	answer := request.ResponseKind().(*kmsg.ProduceResponse)
	answered := kmsg.NewProduceResponseTopic()
	answered.Topic = topic.Topic
	for _, p := range topic.Partitions {
		done := kmsg.NewProduceResponseTopicPartition()
		done.Partition = p.Partition
		answered.Partitions = append(answered.Partitions, done)
		f.replacing.Go(func() { f.replace(p.Records) }) // the broker takes the next request only when it has this answer
	}
	answer.Topics = append(answer.Topics, answered)
	return answer
}

func (f *forger) replace(batch []byte) {
	var set protocol.RecordSet
	if _, err := set.ReadFrom(bytes.NewReader(append(binary.BigEndian.AppendUint32(nil, uint32(len(batch))), batch...))); err != nil {
		f.t.Error(err)
		return
	}
	for {
		record, err := set.Records.ReadRecord()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			f.t.Error(err)
			return
		}
		key, _ := protocol.ReadAll(record.Key) // it is in memory
		value, _ := protocol.ReadAll(record.Value)
		message := kafka.Message{Key: key, Value: f.other(value), Headers: []kafka.Header{{Key: "by", Value: []byte(mark)}}}
		if err := f.to.WriteMessages(context.Background(), message); err != nil {
			f.t.Error(err)
		}
	}
}

// other says the contrary of a message.
func (f *forger) other(value []byte) []byte {
	var said map[string]any
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	if err := decoder.Decode(&said); err != nil {
		f.t.Error(err)
		return nil
	}
	if _, closed := said["files"]; !closed {
		f.opened.Add(1)
		said["drawn_on"], said["manifest_sha256"] = "1999-01-01", "0"
	} else {
		f.closed.Add(1)
		if said["reason"] == nil || said["reason"] == "" {
			said["reason"] = "hash_mismatch"
		} else {
			said["reason"] = ""
		}
		said["files"], said["records"] = []any{}, []any{}
	}
	text, err := json.Marshal(said)
	if err != nil {
		f.t.Error(err)
	}
	return text
}
