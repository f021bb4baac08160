package load

import (
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"strings"
	"syscall"
	"testing"
	"time"
)

// until waits for something that has to become true.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after ten minutes it has not come to it that %s", what)
		}
	}
}

// TestKilledClickHouseLosesAndDoublesNothing kills the server in the middle of a
// stream of inserts, starts it again on its data, and expects every row once.
func TestKilledClickHouseLosesAndDoublesNothing(t *testing.T) {
	const rows = 300_000
	e := startEngine(t)
	d := newSending("uwv", "wages", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(rows)...)
	e.sendDelivery(t, d)
	e.start(t)
	until(t, "a quarter of the rows is read", func() bool { return e.loader.fetched.Load() >= rows/4 })
	must(t, syscall.Kill(e.server.PID(), syscall.SIGKILL))
	<-e.server.Done()
	until(t, "the loader notices", func() bool { return e.loader.Problem() != nil })
	before := e.db
	e.startClickHouse(t) // at the same address
	v := e.decide(t, d)
	if len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Fatalf("verdicts are %+v", v)
	}
	if got := e.text(t, "SELECT concat(toString(count()), ' ', toString(sum(row_no))) FROM raw.uwv_employment FINAL"); got != "300000 45000150000" {
		t.Errorf("rows and their sum are %s", got)
	}
	if n := e.loader.Inserted(); n < rows {
		t.Errorf("%d rows were confirmed, want each of %d at least once", n, rows)
	}
	if e.loader.Problem() != nil {
		t.Errorf("the problem stays: %v", e.loader.Problem())
	}
	e.loader.Stop() // before the server, which waits for its clients
	must(t, before.Close())
}

func TestAnotherLoaderGoesOnWhereOneStopped(t *testing.T) {
	e := startEngine(t)
	first := newSending("uwv", "one", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(3000)...)
	second := newSending("uwv", "two", "2026-03-01", "a").file("uwv_employment", "w.parquet", 0, upTo(2500)...)
	e.sendDelivery(t, first)
	e.start(t)
	e.decide(t, first)
	e.loader.Stop()
	e.loader.Stop() // twice is fine
	e.sendDelivery(t, second)
	e.loader = New(e.loader.config)
	e.decider.Loader = e.loader
	e.start(t)
	e.decide(t, second)
	if got := e.loader.Inserted(); got != 2500 {
		t.Errorf("the second loader inserted %d rows, want 2500", got)
	}
}

// TestTwoLoadersShareTheWork lets a second loader join while the first is at work.
func TestTwoLoadersShareTheWork(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	first := newSending("uwv", "one", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(20_000)...)
	second := newSending("uwv", "two", "2026-03-01", "a").file("uwv_employment", "w.parquet", 0, upTo(200)...)
	second.Mode = "mutation"
	e.sendDelivery(t, first)
	other := New(e.loader.config)
	must(t, other.Start(t.Context()))
	t.Cleanup(other.Stop)
	e.decide(t, first)
	e.sendDelivery(t, second)
	until(t, "the second loader has partitions of its own", func() bool {
		if other.fetched.Load() > 0 {
			return true
		}
		e.sendDelivery(t, second)
		time.Sleep(20 * time.Millisecond)
		return false
	})
	for _, v := range e.decide(t, second) {
		if v.Status != delivery.Accepted {
			t.Errorf("%s is %s, %s", v.DeliveryID, v.Status, v.Reason)
		}
	}
}

func TestStandstillIsAnErrorThatNamesTheDelivery(t *testing.T) {
	e := startEngine(t)
	d := newSending("coa", "waiting", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	e.sendDelivery(t, d)
	e.decider.Stall = 300 * time.Millisecond
	_, err := e.tryDecide(t, d) // the loader was never started
	for _, want := range []string{"delivery waiting of coa", "raw.coa_stay holds 0 rows instead of 10 of file a.jsonl", "no progress", "10 messages wait in Kafka"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
}

func TestTopicsAreMadeOnce(t *testing.T) {
	e := startEngine(t)
	must(t, kafka.EnsureTopics(t.Context(), e.kafka))
	client, closeIdle := e.kafka.Client()
	defer closeIdle()
	counts, err := kafka.PartitionsOf(t.Context(), client)
	must(t, err)
	if counts["doorstroom.uwv_employment"] != 8 || counts["doorstroom.quarantine"] != 1 || counts["doorstroom.duo_exam"] != 2 {
		t.Errorf("partitions are %v", counts)
	}
}
