package load

import (
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// TestOldMessagesGo when they were loaded, but for the last of a partition; younger ones and those that wait stay.
func TestOldMessagesGo(t *testing.T) {
	e := startEngine(t)
	d := newSending("coa", "stays", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(12)...)
	topic := schemas.RecordOf("coa_stay").Topic()
	now := time.Now()
	put := func(age time.Duration, messages ...[]byte) {
		t.Helper()
		for _, m := range messages { // one partition, so that their order is certain
			must(t, e.writer.WriteMessages(t.Context(), kafkago.Message{Topic: topic, Key: []byte("k"), Value: m, Time: now.Add(-age)}))
		}
	}
	hour := time.Hour // not days: Kafka itself lets go of messages that old, at a moment of its own
	old := func(wantFrom, wantTo int64) []kafka.Old {
		t.Helper()
		var list []kafka.Old
		eventually(t, func() (err error) { // the leader of a new partition is not known at once
			list, err = kafka.OldMessages(t.Context(), e.kafka, DefaultGroup, now.Add(-7*hour))
			return err
		})
		switch {
		case wantTo == 0 && len(list) == 0:
		case len(list) == 1 && list[0].Topic == topic && list[0].From == wantFrom && list[0].To == wantTo:
		default:
			t.Errorf("old are %+v, want %d to %d", list, wantFrom, wantTo)
		}
		return list
	}
	put(9*hour, d.messages[topic][:5]...)
	old(0, 0) // nobody has them yet
	e.start(t)
	e.drain(t)
	for _, o := range old(0, 4) { // the last one stays
		must(t, kafka.DropMessages(t.Context(), e.kafka, o))
	}
	old(0, 0)
	put(8*hour, d.messages[topic][5:8]...)
	put(6*hour, d.messages[topic][8:]...)
	e.drain(t)
	for _, o := range old(4, 8) {
		must(t, kafka.DropMessages(t.Context(), e.kafka, o))
	}
	if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
}
