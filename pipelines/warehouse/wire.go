package warehouse

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
	"time"
)

// DefaultSilence is how long a server may say nothing in the middle of a query with bulk rows. It tells of progress ten
// times a second, so a connection that is silent for so long has nobody at its other end.
const DefaultSilence = time.Minute

// A statement of the pool may be one that the server carries out without a word, such as a change of a large table.
const silenceOfPool = 5

// keepAlive has the system notice after 15 seconds that the other machine is gone.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 1}

// errSilent ends a query on a half-open connection.
var errSilent = fmt.Errorf("the server said nothing any more: %w", syscall.ETIMEDOUT)

// dial connects, with TLS if the settings want it.
func (c Config) dial(ctx context.Context, silence time.Duration) (net.Conn, *wire, error) {
	d := net.Dialer{Timeout: dialTimeout, KeepAliveConfig: keepAlive, Control: endUnacked}
	plain, err := d.DialContext(ctx, "tcp", c.Addr)
	if err != nil {
		return nil, nil, err
	}
	w := &wire{Conn: plain, silence: silence}
	w.heard()
	if c.TLS == nil {
		return w, w, nil
	}
	config := c.TLS.Clone()
	if config.ServerName == "" {
		if config.ServerName, _, err = net.SplitHostPort(c.Addr); err != nil {
			_ = plain.Close()
			return nil, nil, err
		}
	}
	secure := tls.Client(w, config)
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = plain.Close()
		return nil, nil, err
	}
	return secure, w, nil
}

// writeChunk is what may go out in one write, so that a narrow network is not taken for a silent server.
const writeChunk = 64 << 10

// wire is a connection that fails when the other end is silent in the middle of something. A deadline that its user
// sets holds too.
type wire struct {
	net.Conn
	silence time.Duration
	last    atomic.Int64 // when something last went over it, nanoseconds since started
	reads   atomic.Pointer[time.Time]
	// greeting is while the protocol's handshake goes on: a server that is busy may take longer for it than its user
	// waits for one packet.
	greeting atomic.Bool
}

var started = time.Now() // the clock of wires: it does not jump

func (w *wire) heard() { w.last.Store(int64(time.Since(started))) }

// quiet is the moment at which the silence has lasted too long.
func (w *wire) quiet() time.Time { return started.Add(time.Duration(w.last.Load()) + w.silence) }

// Read implements net.Conn.
func (w *wire) Read(p []byte) (int, error) {
	limit := w.quiet()
	if limit.Before(time.Now()) { // nothing was under way
		w.heard()
		limit = w.quiet()
	}
	asked := w.reads.Load()
	if asked != nil && asked.Before(limit) {
		limit = *asked
	}
	if err := w.Conn.SetReadDeadline(limit); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.heard()
	} else if isTimeout(err) && !time.Now().Before(w.quiet()) {
		err = errSilent
	}
	return n, err
}

// Write implements net.Conn.
func (w *wire) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		chunk := p[:min(len(p), writeChunk)]
		if err := w.Conn.SetWriteDeadline(time.Now().Add(w.silence)); err != nil {
			return n, err
		}
		wrote, err := w.Conn.Write(chunk)
		n += wrote
		if isTimeout(err) {
			err = errSilent
		}
		if err != nil {
			return n, err
		}
		w.heard()
		p = p[wrote:]
	}
	return n, nil
}

// SetReadDeadline implements net.Conn.
func (w *wire) SetReadDeadline(t time.Time) error {
	if t.IsZero() {
		w.reads.Store(nil)
		return nil
	}
	if w.greeting.Load() {
		t = time.Now().Add(dialTimeout)
	}
	w.reads.Store(&t)
	return w.Conn.SetReadDeadline(t) // a read that waits already ends by it
}

// SetDeadline implements net.Conn; the end of writes is that of silence only.
func (w *wire) SetDeadline(t time.Time) error { return w.SetReadDeadline(t) }

// SyscallConn lets the pool look whether an idle connection was closed.
func (w *wire) SyscallConn() (syscall.RawConn, error) { return w.Conn.(*net.TCPConn).SyscallConn() }

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
