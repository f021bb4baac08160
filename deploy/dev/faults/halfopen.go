package main

import (
	"net"
	"sync"
)

// relay passes connections on and can let them go dead without closing them, as a firewall does that forgets them.
type relay struct {
	listener net.Listener
	to       string

	mu   sync.Mutex
	open map[*passage]bool
}

// passage is one connection through the relay.
type passage struct {
	in, out net.Conn
	dead    chan struct{}
}

func newRelay(to string) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{listener: l, to: to, open: make(map[*passage]bool)}
	go r.accept()
	return r, nil
}

func (r *relay) addr() string { return r.listener.Addr().String() }

func (r *relay) accept() {
	for {
		in, err := r.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", r.to)
		if err != nil {
			_ = in.Close()
			continue
		}
		p := &passage{in: in, out: out, dead: make(chan struct{})}
		r.mu.Lock()
		r.open[p] = true
		r.mu.Unlock()
		go r.pass(p, in, out)
		go r.pass(p, out, in)
	}
}

// pass copies one way until the passage is dead: then it reads and drops, so that neither end learns of it.
func (r *relay) pass(p *passage, from, to net.Conn) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		select {
		case <-p.dead:
			if err != nil {
				_ = from.Close()
				return
			}
			continue
		default:
		}
		if _, wrote := to.Write(buf[:n]); err != nil || wrote != nil {
			r.mu.Lock()
			delete(r.open, p)
			r.mu.Unlock()
			_ = p.in.Close()
			_ = p.out.Close()
			return
		}
	}
}

// forget lets every open connection go dead; it gives how many there were.
func (r *relay) forget() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.open)
	for p := range r.open {
		close(p.dead)
		delete(r.open, p)
	}
	return n
}

// stop takes no more connections.
func (r *relay) stop() { _ = r.listener.Close() }
