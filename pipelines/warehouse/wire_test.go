package warehouse

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"go.uber.org/zap"
)

// way is a way to a server that can be slow, or go dead without a word.
type way struct {
	net.Listener
	delay time.Duration
	dead  atomic.Bool
}

func openWay(t *testing.T, to string) *way {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w := &way{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	pass := func(from, to net.Conn) {
		defer to.Close()
		buf := make([]byte, 32<<10)
		for {
			n, err := from.Read(buf)
			time.Sleep(w.delay)
			if w.dead.Load() {
				n = 0
			}
			if _, wrote := to.Write(buf[:n]); err != nil || wrote != nil {
				return
			}
		}
	}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				_ = in.Close()
				continue
			}
			go pass(in, out)
			go pass(out, in)
		}
	}()
	return w
}

// TestSlowGreeting: a server that needs more than the half second that a bulk connection waits for one packet.
func TestSlowGreeting(t *testing.T) {
	c := start(t)
	w := openWay(t, c.Addr)
	w.delay = 700 * time.Millisecond
	c.Addr = w.Addr().String()
	client, err := open(t, c).Bulk(t.Context())
	must(t, err)
	must(t, client.Close())
}

// TestSilenceEndsAQuery: on a connection that went dead in the middle of a query, both kinds of it fail, as one that may be tried again.
func TestSilenceEndsAQuery(t *testing.T) {
	c := start(t)
	w := openWay(t, c.Addr)
	c.Addr, c.Silence = w.Addr().String(), 200*time.Millisecond
	db := open(t, c)
	client, err := db.Bulk(t.Context())
	must(t, err)
	defer client.Close()
	query := "SELECT sum(sleepEachRow(0.1)) FROM numbers(25) SETTINGS max_block_size = 5"
	var sum proto.ColUInt64
	must(t, client.Do(t.Context(), ch.Query{Body: query, Result: proto.Results{{Name: "sum(sleepEachRow(0.1))", Data: &sum}}})) // longer than the silence
	w.dead.Store(true)
	err = client.Do(t.Context(), ch.Query{Body: query, Result: proto.Results{{Name: "sum(sleepEachRow(0.1))", Data: &sum}}})
	if !errors.Is(err, errSilent) || !Away(err) {
		t.Errorf("a bulk query ended with %v", err)
	}
	if err := db.Exec(t.Context(), query); !errors.Is(err, syscall.ETIMEDOUT) || !Away(err) {
		t.Errorf("a statement ended with %v", err)
	}
}

// TestPatience tries what is away, not what is wrong, and not for ever.
func TestPatience(t *testing.T) {
	p := Patience{For: 500 * time.Millisecond, Log: zap.NewNop()}
	tries := 0
	must(t, p.Do(t.Context(), func(context.Context) error {
		if tries++; tries < 3 {
			return syscall.ECONNRESET
		}
		return nil
	}))
	if tries != 3 {
		t.Errorf("%d tries", tries)
	}
	wrong := &ch.Exception{Code: proto.ErrSyntaxError}
	tries = 0
	err := p.Do(t.Context(), func(context.Context) error { tries++; return wrong })
	if !errors.Is(err, wrong) || tries != 1 {
		t.Errorf("%d tries, %v", tries, err)
	}
	for _, code := range []proto.Error{proto.ErrTooManyParts, proto.ErrMemoryLimitExceeded} {
		tries = 0
		err = p.Do(t.Context(), func(context.Context) error { tries++; return &ch.Exception{Code: code} })
		if !errors.Is(err, ErrAway) || tries < 2 || Away(err) {
			t.Errorf("code %d: %d tries, %v", code, tries, err)
		}
	}
	full := &ch.Exception{Code: proto.ErrNotEnoughSpace}
	if Away(full) || Away(context.Canceled) || Away(nil) {
		t.Error("a full disk, the end of the command or nothing count as away")
	}
}
