package load

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"

	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// idleLoader is a loader that was not started, on topics with a number of messages, and a context that ends a wait which would last for ever.
func idleLoader(t *testing.T, messages int) (context.Context, *Loader) {
	t.Helper()
	broker, err := kfake.NewCluster(kfake.NumBrokers(1))
	must(t, err)
	t.Cleanup(broker.Close)
	k := kafka.Cluster{Brokers: broker.ListenAddrs()}
	must(t, kafka.EnsureTopics(t.Context(), k))
	w := &kafkago.Writer{Addr: kafkago.TCP(k.Brokers...), Topic: schemas.RecordOf("coa_stay").Topic(), RequiredAcks: kafkago.RequireAll}
	for range messages {
		must(t, w.WriteMessages(t.Context(), kafkago.Message{Value: []byte("x")}))
	}
	must(t, w.Close())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx, New(Config{Kafka: k})
}

// TestDrainLeavesNoMessage: one message that nobody loads is a standstill, and none is not.
func TestDrainLeavesNoMessage(t *testing.T) {
	ctx, l := idleLoader(t, 0)
	must(t, l.Drain(ctx, 0, 0))
	ctx, l = idleLoader(t, 1)
	if err := l.Drain(ctx, 0, 0); !errors.Is(err, kafka.ErrStalled) || !strings.Contains(err.Error(), "1 messages wait in Kafka") {
		t.Errorf("with one message left: %v", err)
	}
}

// TestDrainWaitsWhileRowsCome: as long as rows come into the warehouse nothing stands still, whatever is committed.
func TestDrainWaitsWhileRowsCome(t *testing.T) {
	ctx, l := idleLoader(t, 1)
	var over atomic.Bool
	go func() {
		for range 200 {
			l.inserted.Add(1)
			time.Sleep(20 * time.Millisecond)
		}
		over.Store(true)
	}()
	if err := l.Drain(ctx, 2*time.Second, 2*time.Second); !errors.Is(err, kafka.ErrStalled) || !over.Load() {
		t.Errorf("rows came until the end: %v; %v", over.Load(), err)
	}
}

// TestFailureOfAGenerationStands: what broke off loading is the problem that Drain tells, and being stopped is none.
func TestFailureOfAGenerationStands(t *testing.T) {
	l := New(Config{Log: zap.NewNop()})
	broken := errors.New("the table is gone")
	l.work = func(context.Context, *kafkago.Generation) error { return broken }
	stopped, stop := context.WithCancel(t.Context())
	stop()
	l.generation(stopped, nil)
	if problem := l.Problem(); problem != nil {
		t.Errorf("a loader that was stopped has the problem %v", problem)
	}
	l.generation(t.Context(), nil)
	if problem := l.Problem(); !errors.Is(problem, broken) {
		t.Errorf("the problem is %v", problem)
	}
}
