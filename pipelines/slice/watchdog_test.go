package slice

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	klog "doorstroom/pipelines/kafka"
)

// TestStuckReaderIsNoticed has slices wait that nobody is given.
func TestStuckReaderIsNoticed(t *testing.T) {
	log := zaptest.NewLogger(t)
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	broker, err := embedded.StartKafka(embedded.Options{Dir: dir, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Stop)
	cluster := klog.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial}
	if err := klog.EnsureTopics(t.Context(), cluster); err != nil {
		t.Fatal(err)
	}
	pool := New(Config{Kafka: cluster, Log: log})
	const stuck = 60 * time.Millisecond
	watch := func(ctx context.Context, busy bool) error {
		done := &progress{offsets: make(map[int]*partition)}
		if busy {
			done.took(kafka.Message{})
		}
		return pool.watch(ctx, done, stuck)
	}
	quiet := func(busy bool) error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		return watch(ctx, busy)
	}
	if err := quiet(false); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with no slices: %v", err)
	}
	if err := pool.Hand(t.Context(), []Slice{{Build: 1, Last: 10}, {Build: 1, Number: 1, First: 10, Last: 20}}); err != nil {
		t.Fatal(err)
	}
	if err := quiet(true); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while one is worked on: %v", err)
	}
	if err := watch(t.Context(), false); !errors.Is(err, errStuck) {
		t.Errorf("with slices that nobody is given: %v", err)
	}
}
