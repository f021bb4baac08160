package load

import (
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go/sasl/plain"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
)

func TestLoaderLogsInAtKafka(t *testing.T) {
	broker, err := embedded.StartKafka(embedded.Options{Dir: t.TempDir(), Log: zaptest.NewLogger(t), KafkaLogin: true})
	must(t, err)
	t.Cleanup(broker.Stop)
	stranger := Kafka{Brokers: []string{broker.Addr()}, SASL: plain.Mechanism{Username: broker.User(), Password: "guess"}}
	if err := EnsureTopics(t.Context(), stranger); err == nil || !strings.Contains(err.Error(), "DOORSTROOM_KAFKA") {
		t.Errorf("without the password: %v", err)
	}
	k := Kafka{Brokers: []string{broker.Addr()}, SASL: plain.Mechanism{Username: broker.User(), Password: broker.Password()}}
	must(t, EnsureTopics(t.Context(), k))
	l := New(Config{Kafka: k, Schemas: schemaIDs(), Log: zaptest.NewLogger(t)})
	must(t, l.Start(t.Context()))
	t.Cleanup(l.Stop)
	must(t, l.Drain(t.Context(), 10*time.Second))
	if err := l.Problem(); err != nil {
		t.Error(err)
	}
}
