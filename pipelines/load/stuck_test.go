package load

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// TestStuckLoaderJoinsAnew has the work of the first generation hang, deaf to its end: the watchdog leaves it behind.
func TestStuckLoaderJoinsAnew(t *testing.T) {
	e := startEngine(t)
	config := e.loader.config
	config.Stuck = 300 * time.Millisecond
	e.loader = New(config)
	e.decider.Loader = e.loader
	var generations atomic.Int32
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	e.loader.work = func(ctx context.Context, gen *kafka.Generation) error {
		if generations.Add(1) == 1 {
			<-hang
			return nil
		}
		return e.loader.load(ctx, gen)
	}
	d := newSending("uwv", "wages", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(3000)...)
	e.sendDelivery(t, d)
	e.start(t)
	e.decider.Stall = time.Minute // the group waits for a member that is gone
	if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
	if n := generations.Load(); n < 2 {
		t.Errorf("%d generations", n)
	}
}

// TestIdleLoaderIsNotStuck: with nothing to load, or all of it loaded, nobody rejoins.
func TestIdleLoaderIsNotStuck(t *testing.T) {
	e := startEngine(t)
	d := newSending("uwv", "wages", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(3000)...)
	e.sendDelivery(t, d)
	e.start(t)
	e.decide(t, d)
	until(t, "all of it is committed", func() bool { // until then messages wait, as far as the group tells
		lag, err := e.loader.config.Kafka.Lag(t.Context(), e.loader.config.Group, schemas.LoadedTopics()...)
		return err == nil && lag == 0
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	e.loader.watch(ctx, 20*time.Millisecond)
	if ctx.Err() == nil {
		t.Error("an idle loader counts as stuck")
	}
}
