package source_test

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// line is the network before a server, with things that go wrong.
type line struct {
	addr string
	// came counts the bytes that the server sent.
	came atomic.Int64
	// cutAfter closes each connection after so many bytes of the server; silent
	// keeps it open instead, and says nothing any more. 0 is never.
	cutAfter, silent atomic.Int64
	// down refuses connections.
	down atomic.Bool
}

func newLine(t *testing.T, server string) *line {
	t.Helper()
	l := &line{}
	listener := listen(t)
	l.addr = listener.Addr().String()
	serve(t, listener, func(near net.Conn) {
		if l.down.Load() {
			return
		}
		far, err := net.Dial("tcp", server)
		if err != nil {
			return
		}
		defer far.Close()
		hungUp := make(chan struct{})
		go func() { _, _ = io.Copy(far, near); far.Close(); close(hungUp) }()
		l.carry(near, far, hungUp)
	})
	return l
}

// carry brings what the server says, as far as it may come.
func (l *line) carry(near io.Writer, far io.Reader, hungUp <-chan struct{}) {
	from := far
	cut, silent := l.cutAfter.Load(), l.silent.Load()
	if most := max(cut, silent); most > 0 {
		from = io.LimitReader(far, most)
	}
	_, _ = io.Copy(near, io.TeeReader(from, counter{&l.came}))
	if silent > 0 {
		_, _ = io.Copy(io.Discard, far) // so that the server does not wait
		<-hungUp                        // a silent line stays open although the server may have closed it
	}
}

type counter struct{ n *atomic.Int64 }

func (c counter) Write(p []byte) (int, error) {
	c.n.Add(int64(len(p)))
	return len(p), nil
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// serve handles connections until the test ends, and closes each when it has been handled.
func serve(t *testing.T, l net.Listener, handle func(net.Conn)) {
	var mu sync.Mutex
	var all sync.WaitGroup
	open := map[net.Conn]bool{}
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		for c := range open {
			c.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	all.Add(1)
	go func() {
		defer all.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open[c] = true
			mu.Unlock()
			all.Add(1)
			go func() {
				defer all.Done()
				defer c.Close()
				handle(c)
			}()
		}
	}()
}
