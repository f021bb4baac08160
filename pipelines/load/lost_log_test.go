package load

import (
	"doorstroom/pipelines/delivery"
	"fmt"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
)

// TestAGroupBeyondTheEndIsSetBack: when a log was lost and began again, the group stands where there is nothing, and
// what comes must not count as loaded.
func TestAGroupBeyondTheEndIsSetBack(t *testing.T) {
	const topic = "doorstroom.uwv_employment"
	e := startEngine(t)
	client, closeIdle := e.kafka.Client()
	defer closeIdle()
	commits := make([]kafka.OffsetCommit, 8)
	partitions := make([]int, len(commits))
	for i := range commits {
		commits[i], partitions[i] = kafka.OffsetCommit{Partition: i, Offset: 1_000_000}, i
	}
	eventually(t, func() error {
		response, err := client.OffsetCommit(t.Context(), &kafka.OffsetCommitRequest{GroupID: DefaultGroup, GenerationID: -1,
			Topics: map[string][]kafka.OffsetCommit{topic: commits}})
		if err != nil {
			return err
		}
		return response.Topics[topic][7].Error
	})
	e.start(t)
	eventually(t, func() error {
		response, err := client.OffsetFetch(t.Context(), &kafka.OffsetFetchRequest{GroupID: DefaultGroup, Topics: map[string][]int{topic: partitions}})
		if err != nil {
			return err
		}
		for _, p := range response.Topics[topic] {
			if p.CommittedOffset != 0 {
				return fmt.Errorf("the group stands at %d of partition %d", p.CommittedOffset, p.Partition)
			}
		}
		return nil
	})
	d := newSending("uwv", "wages", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(3000)...)
	e.sendDelivery(t, d)
	if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
}

// eventually tries until it works: the coordinator of a group is not there at once.
func eventually(t *testing.T, try func() error) {
	t.Helper()
	var err error
	for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if err = try(); err == nil {
			return
		}
	}
	t.Fatal(err)
}
