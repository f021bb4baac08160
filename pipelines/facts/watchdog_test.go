package facts_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"doorstroom/pipelines/facts"
)

// TestStuckReaderIsNoticed has slices wait that nobody is given.
func TestStuckReaderIsNoticed(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 100)
	f := facts.New(facts.Config{Warehouse: e.db, Kafka: e.kafka, SlicePersons: 40, Stuck: 60 * time.Millisecond, Log: e.log})
	quiet := func(busy bool) error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		return f.Watch(ctx, busy)
	}
	if err := quiet(false); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with no slices: %v", err)
	}
	steps, err := f.Begin(t.Context(), day("2026-06-30"))
	must(t, err)
	must(t, steps.Hand(t.Context()))
	if err := quiet(true); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while one is worked on: %v", err)
	}
	if err := f.Watch(t.Context(), false); !errors.Is(err, facts.ErrStuck) {
		t.Errorf("with slices that nobody is given: %v", err)
	}
}
