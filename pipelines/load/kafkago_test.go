package load

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kfake"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// The known faults of kafka-go (DESIGN: issues 1398, 439, 1276 and 387), each with what shows that the loader does not
// suffer from it.

// TestRebalancesLoseAndTurnBackNothing lets loaders join and leave while messages come.
//
// Issue 1398, stale messages after a rebalance: what an earlier generation had read is not loaded by a later one, and
// the offsets of a partition that now belongs to another loader are not turned back by it.
// Issue 439, commits out of order: the committed offsets of every partition only grow.
func TestRebalancesLoseAndTurnBackNothing(t *testing.T) {
	const rounds, rows = 6, 4000
	e := startEngine(t)
	e.start(t)
	ctx, stop := context.WithCancel(t.Context())
	backwards := make(chan error, 1)
	go func() { backwards <- e.watchCommits(ctx, 8) }()
	var all []*sending
	for i := range rounds {
		other := New(e.loader.config)
		must(t, other.Start(t.Context()))
		d := newSending("uwv", fmt.Sprintf("wages-%d", i), fmt.Sprintf("2026-02-%02d", i+1), "a").file("uwv_employment", "w.parquet", 0, upTo(rows)...)
		all = append(all, d)
		e.sendDelivery(t, d)
		before := e.loader.life()
		until(t, "a generation begins, or rows come", func() bool { return e.loader.life() != before })
		other.Stop()
	}
	e.decider.Stall = time.Minute
	for _, v := range e.decide(t, all...) {
		if v.Status != delivery.Accepted {
			t.Errorf("%s is %s, %s", v.DeliveryID, v.Status, v.Reason)
		}
	}
	if got, want := e.text(t, "SELECT toString(count()) FROM raw.uwv_employment FINAL"), fmt.Sprint(rounds*rows); got != want {
		t.Errorf("%s rows, want %s", got, want)
	}
	stop()
	if err := <-backwards; err != nil {
		t.Error(err)
	}
}

// watchCommits reads the committed offsets of the wages again and again and fails when one is smaller than before.
func (e *engine) watchCommits(ctx context.Context, partitions int) error {
	client, closeIdle := e.kafka.Client()
	defer closeIdle()
	topic := schemas.RecordOf("uwv_employment").Topic()
	request := &kafkago.OffsetFetchRequest{GroupID: DefaultGroup, Topics: map[string][]int{topic: nil}}
	for id := range partitions {
		request.Topics[topic] = append(request.Topics[topic], id)
	}
	seen := make(map[int]int64) // none is -1
	for ctx.Err() == nil {
		response, err := client.OffsetFetch(ctx, request)
		if err != nil {
			continue // the coordinator is busy with the group
		}
		for _, p := range response.Topics[topic] {
			if p.Error == nil && max(p.CommittedOffset, 0) < seen[p.Partition] {
				return fmt.Errorf("partition %d went back from %d to %d", p.Partition, seen[p.Partition], p.CommittedOffset)
			}
			if p.Error == nil {
				seen[p.Partition] = p.CommittedOffset
			}
		}
		kafka.Rest(ctx, 5*time.Millisecond)
	}
	return nil
}

// TestBrokerThatRestarts is issues 387 and 1276, a consumer that stands still after the broker came back: there are
// more loaders than partitions of most topics, as in the report.
func TestBrokerThatRestarts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kafka")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := free.Addr().(*net.TCPAddr).Port
	must(t, free.Close())
	broker := func() *kfake.Cluster {
		c, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.Ports(port), kfake.DataDir(dir), kfake.SyncWrites())
		must(t, err)
		t.Cleanup(c.Close)
		return c
	}
	first := broker()
	e := startEngine(t)
	e.reach(t, first.ListenAddrs()[0])
	e.start(t)
	for range 2 {
		other := New(e.loader.config)
		must(t, other.Start(t.Context()))
		t.Cleanup(other.Stop)
	}
	before := newSending("uwv", "before", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(2000)...)
	e.sendDelivery(t, before)
	e.decider.Stall = time.Minute
	e.decide(t, before)
	first.Close()
	broker()
	after := newSending("uwv", "after", "2026-03-01", "a").file("uwv_employment", "w.parquet", 0, upTo(2000)...)
	e.sendDelivery(t, after)
	if v := e.decide(t, after); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
}

// reach has everything of the engine speak to another broker.
func (e *engine) reach(t *testing.T, addr string) {
	t.Helper()
	e.kafka = kafka.Cluster{Brokers: []string{addr}}
	must(t, kafka.EnsureTopics(t.Context(), e.kafka))
	e.writer = &kafkago.Writer{Addr: kafkago.TCP(addr), Balancer: kafkago.Murmur2Balancer{}, BatchSize: 10000, BatchBytes: 900_000,
		BatchTimeout: 5 * time.Millisecond, RequiredAcks: kafkago.RequireAll}
	t.Cleanup(func() { must(t, e.writer.Close()) })
	config := e.loader.config
	config.Kafka = e.kafka
	e.loader = New(config)
	e.decider.Loader = e.loader
}

// TestBatchThatCannotBeUnpacked puts a batch with broken bytes on every partition: what comes after it is loaded, and
// its place is kept.
func TestBatchThatCannotBeUnpacked(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	client, closeIdle := e.kafka.Client()
	defer closeIdle()
	topic := schemas.RecordOf("coa_stay").Topic()
	counts, err := kafka.PartitionsOf(t.Context(), client)
	must(t, err)
	for id := range counts[topic] {
		response, err := client.RawProduce(t.Context(), &kafkago.RawProduceRequest{Topic: topic, Partition: id, RequiredAcks: kafkago.RequireAll,
			RawRecords: protocol.RawRecordSet{Reader: bytes.NewReader(brokenGzip())}})
		must(t, err)
		must(t, response.Error)
	}
	good := newSending("coa", "good", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(50)...)
	e.sendDelivery(t, good)
	if v := e.decide(t, good); v[0].Status != delivery.Accepted {
		t.Errorf("the delivery is %s, %s", v[0].Status, v[0].Reason)
	}
	got := e.text(t, "SELECT concat(toString(count()), ' ', any(problem)) FROM ops.unreadable_message FINAL WHERE topic = '"+topic+"'")
	if want := fmt.Sprint(counts[topic], " in a batch that cannot be unpacked"); got != want {
		t.Errorf("put aside are %q, want %q", got, want)
	}
	if problem := e.loader.Problem(); problem != nil && strings.Contains(problem.Error(), topic) {
		t.Errorf("a problem stays: %v", problem)
	}
}

// brokenGzip is a record batch of one message, behind its length, that says it is packed with gzip and is not.
// https://kafka.apache.org/documentation/#recordbatch
func brokenGzip() []byte {
	be := binary.BigEndian
	var body []byte                 // from the attributes on
	body = be.AppendUint16(body, 1) // gzip
	body = be.AppendUint32(body, 0) // last offset delta
	body = be.AppendUint64(body, 1) // times
	body = be.AppendUint64(body, 1)
	body = be.AppendUint64(body, ^uint64(0)) // no producer
	body = be.AppendUint16(body, ^uint16(0))
	body = be.AppendUint32(body, ^uint32(0))
	body = be.AppendUint32(body, 1) // records
	body = append(body, "these bytes are no gzip"...)
	batch := be.AppendUint64(nil, 0)
	batch = be.AppendUint32(batch, uint32(4+1+4+len(body)))
	batch = be.AppendUint32(batch, ^uint32(0))
	batch = append(batch, 2)
	batch = be.AppendUint32(batch, crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
	batch = append(batch, body...)
	return append(be.AppendUint32(nil, uint32(len(batch))), batch...)
}
