package load

import (
	"doorstroom/pipelines/kafka"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap/zaptest"
)

func TestLoaderLogsInAtKafka(t *testing.T) {
	broker, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.EnableSASL(), kfake.Superuser("SCRAM-SHA-256", "loader", "right"))
	must(t, err)
	t.Cleanup(broker.Close)
	login := func(password string) sasl.Mechanism {
		m, err := scram.Mechanism(scram.SHA256, "loader", password)
		must(t, err)
		return m
	}
	stranger := kafka.Cluster{Brokers: broker.ListenAddrs(), SASL: login("guess")}
	if err := kafka.EnsureTopics(t.Context(), stranger); err == nil || !strings.Contains(err.Error(), "DOORSTROOM_KAFKA") {
		t.Errorf("without the password: %v", err)
	}
	k := kafka.Cluster{Brokers: broker.ListenAddrs(), SASL: login("right")}
	must(t, kafka.EnsureTopics(t.Context(), k))
	l := New(Config{Kafka: k, Schemas: schemaIDs(), Log: zaptest.NewLogger(t)})
	must(t, l.Start(t.Context()))
	t.Cleanup(l.Stop)
	must(t, l.Drain(t.Context(), 10*time.Second, 10*time.Second))
	if err := l.Problem(); err != nil {
		t.Error(err)
	}
}
