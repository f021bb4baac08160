package publish_test

import (
	"errors"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/twmb/franz-go/pkg/kgo"
	franz "github.com/twmb/franz-go/pkg/sasl/scram"
	"go.uber.org/zap"

	"doorstroom/connectors/publish"
	"doorstroom/deploy/testservers/kafkatest"
	"doorstroom/schemas"
)

// TestOnApacheKafka is what the broker itself decides, on Apache Kafka with TLS and a login.
func TestOnApacheKafka(t *testing.T) {
	cluster := kafkatest.Start(t, kafkatest.Options{Secure: true})
	login, err := scram.Mechanism(scram.SHA512, kafkatest.User, cluster.Password)
	if err != nil {
		t.Fatal(err)
	}
	transport := &kafka.Transport{TLS: cluster.TLS(), SASL: login}
	defer transport.CloseIdleConnections()
	open := func(patience time.Duration, transport *kafka.Transport) *publish.Publisher {
		return publish.New(publish.Options{Brokers: cluster.Addrs(), Transport: transport, Patience: patience, Log: zap.NewNop()})
	}
	how := []kgo.Opt{kgo.SeedBrokers(cluster.Addrs()...), kgo.DialTLSConfig(cluster.TLS()),
		kgo.SASL(franz.Auth{User: kafkatest.User, Pass: cluster.Password}.AsSha512Mechanism())}

	t.Run("TopicsMustExist", func(t *testing.T) {
		_, err := open(200*time.Millisecond, transport).Writer(t.Context()).Quarantine()
		if !errors.Is(err, kafka.UnknownTopicOrPartition) {
			t.Errorf("%v", err)
		}
	})
	client := &kafka.Client{Addr: kafka.TCP(cluster.Addrs()...), Transport: transport}
	made, err := client.CreateTopics(t.Context(), &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{
		{Topic: schemas.QuarantineTopic, NumPartitions: 3, ReplicationFactor: 1},
	}})
	if err != nil || made.Errors[schemas.QuarantineTopic] != nil {
		t.Fatal(err, made)
	}
	t.Run("EveryMessageArrives", func(t *testing.T) { everyMessageArrives(t, open(0, transport), how...) })
	t.Run("StrangersAreTurnedAway", func(t *testing.T) {
		stranger, err := scram.Mechanism(scram.SHA512, kafkatest.User, "guess")
		if err != nil {
			t.Fatal(err)
		}
		transport := &kafka.Transport{TLS: cluster.TLS(), SASL: stranger}
		defer transport.CloseIdleConnections()
		if err := open(200*time.Millisecond, transport).Control(t.Context()); err == nil {
			t.Error("a wrong password got in")
		}
	})
}
