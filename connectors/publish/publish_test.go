package publish_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"go.uber.org/zap"

	"doorstroom/connectors/publish"
	"doorstroom/schemas"
)

func broker(t *testing.T) *kfake.Cluster {
	t.Helper()
	c, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(3, schemas.QuarantineTopic), kfake.SeedTopics(1, schemas.ControlTopic))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func publisher(c *kfake.Cluster, patience time.Duration) *publish.Publisher {
	return publish.New(publish.Options{Brokers: c.ListenAddrs(), Patience: patience, Log: zap.NewNop()})
}

// consume reads n messages with another client than ours.
func consume(t *testing.T, c *kfake.Cluster, topic string, n int) map[string]string {
	t.Helper()
	return consumeWith(t, topic, n, kgo.SeedBrokers(c.ListenAddrs()...))
}

func consumeWith(t *testing.T, topic string, n int, how ...kgo.Opt) map[string]string {
	t.Helper()
	client, err := kgo.NewClient(append(how, kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))...)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	got := map[string]string{}
	for len(got) < n {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			t.Fatalf("%d of %d messages: %v", len(got), n, err)
		}
		fetches.EachRecord(func(r *kgo.Record) { got[string(r.Key)] = string(r.Value) })
	}
	return got
}

// send puts n messages of some size on the quarantine topic and flushes.
func send(t *testing.T, p *publish.Publisher, n, size int) error {
	t.Helper()
	w := p.Writer(context.Background())
	s, err := w.Quarantine()
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := s.Send(fmt.Appendf(nil, "k%d", i), fmt.Appendf(nil, "%0*d", size, i)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// TestEveryMessageArrives, in many batches, as it was sent.
func TestEveryMessageArrives(t *testing.T) {
	c := broker(t)
	everyMessageArrives(t, publisher(c, 0), kgo.SeedBrokers(c.ListenAddrs()...))
}

func everyMessageArrives(t *testing.T, p *publish.Publisher, how ...kgo.Opt) {
	t.Helper()
	const n, size = 5000, 1000
	if err := send(t, p, n, size); err != nil {
		t.Fatal(err)
	}
	got := consumeWith(t, schemas.QuarantineTopic, n, how...)
	for i := range n {
		if got[fmt.Sprintf("k%d", i)] != fmt.Sprintf("%0*d", size, i) {
			t.Fatalf("message %d came out as another", i)
		}
	}
}

// answer makes the broker answer a produce request with an error.
func answer(request kmsg.Request, code int16) kmsg.Response {
	r := request.(*kmsg.ProduceRequest)
	response := r.ResponseKind().(*kmsg.ProduceResponse)
	for _, topic := range r.Topics {
		answered := kmsg.NewProduceResponseTopic()
		answered.Topic, answered.TopicID = topic.Topic, topic.TopicID
		for _, partition := range topic.Partitions {
			p := kmsg.NewProduceResponseTopicPartition()
			p.Partition, p.ErrorCode = partition.Partition, code
			answered.Partitions = append(answered.Partitions, p)
		}
		response.Topics = append(response.Topics, answered)
	}
	return response
}

// TestTimeoutsAreTriedAgain: a broker that is late or not ready does not lose a message.
func TestTimeoutsAreTriedAgain(t *testing.T) {
	for name, failure := range map[string]func(kmsg.Request) (kmsg.Response, error){
		"request timed out":   func(r kmsg.Request) (kmsg.Response, error) { return answer(r, kerr.RequestTimedOut.Code), nil },
		"not enough replicas": func(r kmsg.Request) (kmsg.Response, error) { return answer(r, kerr.NotEnoughReplicas.Code), nil },
		"connection lost":     func(kmsg.Request) (kmsg.Response, error) { return nil, errors.New("closed") },
	} {
		t.Run(name, func(t *testing.T) {
			c := broker(t)
			var failed atomic.Int32
			c.ControlKey(int16(kmsg.Produce), func(r kmsg.Request) (kmsg.Response, error, bool) {
				if failed.Add(1) > 2 {
					return nil, nil, false
				}
				c.KeepControl()
				response, err := failure(r)
				return response, err, true
			})
			if err := send(t, publisher(c, 0), 100, 10); err != nil {
				t.Fatal(err)
			}
			if got := consume(t, c, schemas.QuarantineTopic, 100); len(got) != 100 || failed.Load() < 2 {
				t.Errorf("%d messages after %d failures", len(got), failed.Load())
			}
		})
	}
}

// TestRefusalsAreFinal: what the broker will never take is an error of the flush, soon.
func TestRefusalsAreFinal(t *testing.T) {
	c := broker(t)
	c.ControlKey(int16(kmsg.Produce), func(r kmsg.Request) (kmsg.Response, error, bool) {
		c.KeepControl()
		return answer(r, kerr.TopicAuthorizationFailed.Code), nil, true
	})
	err := send(t, publisher(c, time.Hour), 10, 10)
	if !errors.Is(err, kafka.TopicAuthorizationFailed) {
		t.Errorf("%v", err)
	}
}

// TestPatienceEnds: a broker that is never ready is an error, not a hang.
func TestPatienceEnds(t *testing.T) {
	c := broker(t)
	c.ControlKey(int16(kmsg.Produce), func(r kmsg.Request) (kmsg.Response, error, bool) {
		c.KeepControl()
		return answer(r, kerr.RequestTimedOut.Code), nil, true
	})
	if err := send(t, publisher(c, 200*time.Millisecond), 10, 10); err == nil {
		t.Error("no error")
	}
}

// TestTopicsMustExist says what to do about it.
func TestTopicsMustExist(t *testing.T) {
	w := publisher(broker(t), 200*time.Millisecond).Writer(context.Background())
	if _, err := w.Record(schemas.Records[0]); err == nil {
		t.Error("a stream of a topic that does not exist")
	}
}

// TestLargeMessages: one message that is larger than a broker takes arrives
// among others as it was sent, when it can be compressed; Fits tells beforehand.
func TestLargeMessages(t *testing.T) {
	c := broker(t)
	p := publisher(c, 0)
	large := map[string]string{"a": "small", "b": strings.Repeat("0123456789", 400_000), "c": strings.Repeat("x", 950_000), "d": strings.Repeat("y", 950_000), "e": "small too"}
	var messages []publish.ControlMessage
	for _, key := range slices.Sorted(maps.Keys(large)) {
		messages = append(messages, publish.ControlMessage{Key: key, Value: large[key]})
	}
	if err := p.Control(context.Background(), messages...); err != nil {
		t.Fatal(err)
	}
	got := consume(t, c, schemas.ControlTopic, len(large))
	for key, value := range large {
		if got[key] != `"`+value+`"` {
			t.Errorf("message %s has come out as another, of %d bytes", key, len(got[key]))
		}
	}
	noise := make([]byte, 1_100_000)
	rand.NewChaCha8([32]byte{}).Read(noise)
	for name, c := range map[string]struct {
		value []byte
		want  bool
	}{"small": {[]byte("x"), true}, "to be compressed": {[]byte(large["b"]), true}, "noise": {noise, false}, "less of it": {noise[:900_000], true}} {
		if fits, err := publish.Fits([]byte("k"), c.value); fits != c.want || err != nil {
			t.Errorf("%s: %v, %v", name, fits, err)
		}
	}
}

// TestWhatIsGatheredIsBounded sends to so many partitions that no batch of them
// is full, and does not flush: what is beyond the bound has been sent all the same.
func TestWhatIsGatheredIsBounded(t *testing.T) {
	const partitions, size, n = 64, 1000, 30_000 // 470 kB for each partition
	c, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(partitions, schemas.QuarantineTopic))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	w := publisher(c, 0).Writer(context.Background())
	s, err := w.Quarantine()
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := s.Send(fmt.Appendf(nil, "k%d", i), fmt.Appendf(nil, "%0*d", size, i)); err != nil {
			t.Fatal(err)
		}
	}
	// All but the last 8 MiB are on their way.
	consume(t, c, schemas.QuarantineTopic, n-9000)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	consume(t, c, schemas.QuarantineTopic, n)
}
