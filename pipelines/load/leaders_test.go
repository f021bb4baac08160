package load

import (
	"fmt"
	"io"
	"sync/atomic"
	"testing"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// TestLeadersThatMove asks for the state of the topics while a broker answers that others lead them, as it does right
// after topics were made and while the work of a broker that left is taken over.
func TestLeadersThatMove(t *testing.T) {
	const notLeader, answers = 6, 3 // https://kafka.apache.org/protocol#protocol_error_codes
	broker, err := kfake.NewCluster(kfake.NumBrokers(1))
	must(t, err)
	t.Cleanup(broker.Close)
	k := kafka.Cluster{Brokers: broker.ListenAddrs()}
	must(t, kafka.EnsureTopics(t.Context(), k))
	var asked atomic.Int32
	broker.ControlKey(int16(kmsg.ListOffsets), func(request kmsg.Request) (kmsg.Response, error, bool) {
		broker.KeepControl()
		if asked.Add(1) > answers {
			return nil, nil, false
		}
		r := request.(*kmsg.ListOffsetsRequest)
		response := r.ResponseKind().(*kmsg.ListOffsetsResponse)
		for _, topic := range r.Topics {
			answer := kmsg.ListOffsetsResponseTopic{Topic: topic.Topic}
			for _, p := range topic.Partitions {
				answer.Partitions = append(answer.Partitions, kmsg.ListOffsetsResponseTopicPartition{Partition: p.Partition, ErrorCode: notLeader})
			}
			response.Topics = append(response.Topics, answer)
		}
		return response, nil, true
	})
	if lag, err := k.Lag(t.Context(), DefaultGroup, schemas.QuarantineTopic); err != nil || lag != 0 || asked.Load() <= answers {
		t.Errorf("%d messages wait, %v, asked %d times", lag, err, asked.Load())
	}
}

// TestRefusalsAreNotAway: a broker that says no will say so again, one that cannot just now may not.
func TestRefusalsAreNotAway(t *testing.T) {
	for err, want := range map[error]bool{
		kafkago.TopicAuthorizationFailed: false, kafkago.GroupIdNotFound: false, kafkago.InvalidReplicationFactor: false,
		kafkago.NotLeaderForPartition: true, kafkago.RequestTimedOut: true, io.ErrUnexpectedEOF: true,
	} {
		if got := kafka.Away(fmt.Errorf("asking: %w", err)); got != want {
			t.Errorf("%v: %v", err, got)
		}
	}
}
