package load

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// socketBytes is what the sockets of a narrow way hold: most of it is what Linux lets a sender keep.
const socketBytes = 5 << 20

// narrow is a way to a server that can be held. Its sockets are small: those of the system itself would take in tens of
// megabytes more before anything stalls.
type narrow struct {
	net.Listener
	hold sync.RWMutex
	// passed is how many bytes went to the server.
	passed atomic.Int64
}

func narrowWay(t *testing.T, to string) *narrow {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	n := &narrow{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			_ = in.(*net.TCPConn).SetReadBuffer(64 << 10)
			go n.pass(in, to)
		}
	}()
	return n
}

func (n *narrow) pass(in net.Conn, to string) {
	defer in.Close()
	out, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer out.Close()
	go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
	buf := make([]byte, 32<<10)
	for {
		k, err := in.Read(buf)
		n.hold.RLock()
		_, wrote := out.Write(buf[:k])
		n.hold.RUnlock()
		n.passed.Add(int64(k))
		if err != nil || wrote != nil {
			return
		}
	}
}

// TestStalledWarehouseStallsReading halts ClickHouse in the middle of a stream: what the loader holds stays within its
// blocks, however much waits in Kafka, and it goes on when the server does.
func TestStalledWarehouseStallsReading(t *testing.T) {
	const rows = 600_000
	e := startEngine(t)
	way := narrowWay(t, e.server.NativeAddr())
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: way.Addr().String(), User: e.server.User(), Password: e.server.Password()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	config := e.loader.config
	config.Warehouse = db
	e.loader = New(config)
	e.decider.Loader = e.loader
	d := newSending("uwv", "wages", "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(rows)...)
	e.sendDelivery(t, d)
	size := len(d.messages[schemas.RecordOf("uwv_employment").Topic()][0])
	d.messages = nil
	e.start(t)
	until(t, "rows are under way", func() bool { return way.passed.Load() >= 1<<20 })
	way.hold.Lock()
	must(t, syscall.Kill(e.server.PID(), syscall.SIGSTOP))
	t.Cleanup(func() { _ = syscall.Kill(e.server.PID(), syscall.SIGCONT) })
	at := e.loader.fetched.Load()
	// The blocks of the table, each over-full by one fetch, and the sockets, where a row takes half of its message.
	bound := uint64(manyBlocks*(largeBlock+kafka.FetchBytes/size) + socketBytes/(size/2))
	still := at
	for since := time.Now(); time.Since(since) < 1500*time.Millisecond; time.Sleep(10 * time.Millisecond) {
		if now := e.loader.fetched.Load(); now != still {
			still, since = now, time.Now()
		}
	}
	if still-at > bound || still == rows {
		t.Errorf("%d rows were read while the server stood still, at most %d fit; %d of %d in all", still-at, bound, still, rows)
	}
	must(t, syscall.Kill(e.server.PID(), syscall.SIGCONT))
	way.hold.Unlock()
	if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %+v", v)
	}
	e.loader.Stop() // before its way to the server goes
}
