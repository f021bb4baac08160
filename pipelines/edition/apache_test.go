package edition_test

import (
	"testing"

	"github.com/segmentio/kafka-go/sasl/scram"

	"doorstroom/deploy/testservers/kafkatest"
	"doorstroom/pipelines/kafka"
)

// apache is the Apache Kafka that tests run on, nil for the embedded Kafka. The tests of this package run one by one.
var apache *kafkatest.Cluster

// TestOnApacheKafka runs once more what rests on the queue of slices, on Apache Kafka with TLS and a login: slices given out
// to several workers, done twice, and taken over from workers that die.
func TestOnApacheKafka(t *testing.T) {
	apache = kafkatest.Start(t, kafkatest.Options{Secure: true})
	defer func() { apache = nil }()
	t.Run("EditionIsTheSame", TestEditionIsTheSame)
}

// apacheKafka says how the cluster is reached.
func apacheKafka(t testing.TB) kafka.Cluster {
	t.Helper()
	login, err := scram.Mechanism(scram.SHA512, kafkatest.User, apache.Password)
	must(t, err)
	return kafka.Cluster{Brokers: apache.Addrs(), TLS: apache.TLS(), SASL: login, Replication: len(apache.Addrs())}
}
