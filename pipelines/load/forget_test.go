package load

import (
	"errors"
	"fmt"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// TestForgottenMessagesAreGoneAndLaterOnesArrive lets go of what was loaded, twice, and loads more after it: nothing of
// it may be lost or come twice.
func TestForgottenMessagesAreGoneAndLaterOnesArrive(t *testing.T) {
	e := startEngine(t)
	texts := [][]byte{[]byte(sampleValue(schemas.Field{Kind: schemas.KindPseudonym}))}
	p, _ := schemas.ParsePseudonym(texts[0])
	texts = append(texts, p.Key[:])
	count := func(want uint64) {
		t.Helper()
		got, err := kafka.Count(t.Context(), e.kafka, texts)
		must(t, err)
		if got != want {
			t.Errorf("%d messages hold the pseudonym, want %d", got, want)
		}
	}
	deliver := func(id, drawnOn string) {
		t.Helper()
		d := newSending("uwv", id, drawnOn, "a").file("uwv_employment", "w.parquet", 0, upTo(300)...)
		d.Mode = "mutation"
		e.sendDelivery(t, d)
		e.loader = New(e.loader.config)
		must(t, e.loader.Start(t.Context()))
		e.decider.Loader = e.loader
		if err := kafka.Idle(t.Context(), e.kafka, DefaultGroup); err == nil {
			e.drain(t) // the group has its member by now
			if err := kafka.Idle(t.Context(), e.kafka, DefaultGroup); !errors.Is(err, kafka.ErrAtWork) {
				t.Errorf("with a loader at work: %v", err)
			}
		}
		if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
			t.Errorf("verdicts are %+v", v)
		}
		e.loader.Stop()
		must(t, kafka.Idle(t.Context(), e.kafka, DefaultGroup, "none"))
	}
	forget := func(want uint64) {
		t.Helper()
		n, err := kafka.Forget(t.Context(), e.kafka, DefaultGroup)
		must(t, err)
		if n != want {
			t.Errorf("%d messages were let go, want %d", n, want)
		}
		count(0)
	}
	deliver("one", "2026-02-01")
	count(300)
	filled := partitionsWith(t, e, "doorstroom.uwv_employment")
	forget(300)
	deliver("two", "2026-03-01")
	count(300)
	forget(300 + filled) // and the marks
	e.loader = New(e.loader.config)
	must(t, e.loader.Start(t.Context()))
	e.drain(t)
	e.loader.Stop()
	forget(filled)
	deliver("three", "2026-04-01")
	if got := e.text(t, "SELECT concat(toString(count()), ' ', toString(sum(row_no))) FROM raw.uwv_employment FINAL"); got != "900 135450" {
		t.Errorf("rows and their sum are %s", got)
	}
	if got := e.text(t, "SELECT toString(count()) FROM ops.unreadable_message"); got != "0" {
		t.Errorf("%s messages were unreadable: marks are to be passed over", got)
	}
}

// partitionsWith counts the partitions of a topic that hold messages.
func partitionsWith(t *testing.T, e *engine, topic string) (n uint64) {
	t.Helper()
	client, closeIdle := e.kafka.Client()
	defer closeIdle()
	ends, err := kafka.EndOffsets(t.Context(), client, schemas.LoadedTopics())
	must(t, err)
	for _, end := range ends[topic] {
		if end > 0 {
			n++
		}
	}
	return n
}

// TestWhatIsNotLoadedIsNotForgotten: messages that nobody has loaded stay, and are loaded later.
func TestWhatIsNotLoadedIsNotForgotten(t *testing.T) {
	e := startEngine(t)
	d := newSending("coa", "waiting", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	e.sendDelivery(t, d)
	eventually(t, func() error { // the leader of a new partition is not known at once
		if _, err := kafka.Forget(t.Context(), e.kafka, DefaultGroup); !errors.Is(err, kafka.ErrAtWork) {
			return fmt.Errorf("it ended with %w", err)
		}
		return nil
	})
	e.start(t)
	if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
}
