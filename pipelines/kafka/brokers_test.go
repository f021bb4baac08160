package kafka

import (
	"errors"
	"strings"
	"testing"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// TestBrokersAtTheirOwnAddresses has Kafka tell a second broker where nobody listens.
func TestBrokersAtTheirOwnAddresses(t *testing.T) {
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1))
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	k := Cluster{Brokers: cluster.ListenAddrs()}
	if addresses, err := Brokers(t.Context(), k); err != nil || len(addresses) != 1 {
		t.Errorf("%v, %v", addresses, err)
	}
	cluster.ControlKey(int16(kmsg.Metadata), func(request kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		response := request.ResponseKind().(*kmsg.MetadataResponse)
		broker := kmsg.NewMetadataResponseBroker()
		broker.NodeID, broker.Host, broker.Port = 7, "127.0.0.1", 1
		response.Brokers = append(response.Brokers, broker)
		return response, nil, true
	})
	_, err = Brokers(t.Context(), k)
	if !errors.Is(err, ErrAdvertised) || !strings.Contains(err.Error(), "broker 7 at 127.0.0.1:1") || Away(err) {
		t.Errorf("it is %v", err)
	}
}

// TestTopicsThatTakeTooLittle are told by name.
func TestTopicsThatTakeTooLittle(t *testing.T) {
	entry := func(topic, value string) kafka.DescribeConfigResponseResource {
		return kafka.DescribeConfigResponseResource{ResourceName: topic,
			ConfigEntries: []kafka.DescribeConfigResponseConfigEntry{{ConfigName: "max.message.bytes", ConfigValue: value}}}
	}
	if err := tooSmall(&kafka.DescribeConfigsResponse{Resources: []kafka.DescribeConfigResponseResource{entry("right", "1000012")}}); err != nil {
		t.Error(err)
	}
	err := tooSmall(&kafka.DescribeConfigsResponse{Resources: []kafka.DescribeConfigResponseResource{entry("right", "1048588"), entry("small", "1000011")}})
	if err == nil || !strings.Contains(err.Error(), "small has 1000011") || strings.Contains(err.Error(), "right") {
		t.Errorf("it is %v", err)
	}
}

// TestLastingErrors end a wait at once, and are not taken for servers that are away.
func TestLastingErrors(t *testing.T) {
	for _, err := range []error{kafka.MessageSizeTooLarge, kafka.TopicAuthorizationFailed, kafka.InvalidReplicationFactor, kafka.SASLAuthenticationFailed} {
		if fix, lasts := Lasting(err); !lasts || fix == "" || Away(err) {
			t.Errorf("%v lasts: %t, %q; away: %t", err, lasts, fix, Away(err))
		}
	}
	for _, err := range []error{kafka.NotEnoughReplicas, kafka.LeaderNotAvailable} {
		if _, lasts := Lasting(err); lasts || !Away(err) {
			t.Errorf("%v lasts: %t", err, lasts)
		}
	}
}
