package main

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// eightWorkersAndOne: the number of workers changes nothing.
func eightWorkersAndOne(t *testing.T, w *world) {
	for _, workers := range []string{"1", "8"} {
		p := w.place("workers " + workers)
		p.env = append(p.env, "DOORSTROOM_WORKERS="+workers)
		for _, s := range steps {
			if _, err := p.finish(t.Context(), w.args(s)...); err != nil {
				t.Fatal(err)
			}
		}
		w.same(t, p)
	}
}

// same holds a warehouse against the undisturbed one.
func (w *world) same(t *testing.T, p *place) {
	t.Helper()
	got, err := p.contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if lost, doubled, differs := w.want.compare(got); lost > 0 || doubled > 0 || differs != "" {
		t.Errorf("%d rows lost, %d doubled, different: %q", lost, doubled, differs)
	}
}

// awayForLonger has ClickHouse away for longer than DOORSTROOM_PATIENCE, in the middle of each step: run ends with exit
// code 3 and says what to do, and run again it completes.
func awayForLonger(t *testing.T, w *world) {
	p := w.place("away")
	n, err := newNetwork(t.Context(), w, p)
	if err != nil {
		t.Fatal(err)
	}
	defer n.stop()
	p.env = append(p.env, "DOORSTROOM_PATIENCE=1s")
	for _, s := range steps {
		c, err := p.start(t.Context(), w.args(s)...)
		if err != nil {
			t.Fatal(err)
		}
		n.begun(t, c, s)
		back := n.goAway(t)
		<-c.ended
		var ended *exec.ExitError
		if !errors.As(c.failure, &ended) || ended.ExitCode() != 3 || !strings.Contains(c.err.String(), "run the same command again") {
			t.Errorf("step %s: %v", s, c.failure)
		}
		back()
		if _, err := p.finish(t.Context(), w.args(s)...); err != nil {
			t.Fatal(err)
		}
	}
	w.same(t, p)
}

// begun waits until a step of a command is under way.
func (n *network) begun(t *testing.T, c *command, s step) {
	t.Helper()
	met, err := n.until(t.Context(), c, func() (bool, error) {
		begun, err := n.count(t.Context(), "SELECT count() FROM ops.step WHERE step = '"+string(s)+"'")
		return begun > 0 && err == nil, nil // before the first run there is no such table
	})
	if !met || err != nil {
		t.Fatalf("step %s ended before the server was gone: %v, %v", s, err, c.failure)
	}
}

// goAway has ClickHouse gone, as far as the program can tell, until the returned function is called.
func (n *network) goAway(t *testing.T) (back func()) {
	t.Helper()
	proxy := n.proxies["ClickHouse"]
	address := proxy.Listen
	proxy.Stop()
	return func() {
		t.Helper()
		proxy.Listen = address
		if err := proxy.Start(); err != nil {
			t.Fatal(err)
		}
	}
}

// serveGoesOn has ClickHouse away for several times DOORSTROOM_PATIENCE: serve does its job when it is back, long
// before the next run is due.
func serveGoesOn(t *testing.T, w *world) {
	p := w.place("serve")
	n, err := newNetwork(t.Context(), w, p)
	if err != nil {
		t.Fatal(err)
	}
	defer n.stop()
	p.env = append(p.env, "DOORSTROOM_PATIENCE=500ms", "DOORSTROOM_INTERVAL=24h")
	c, err := p.start(t.Context(), "serve", "--landing", w.landing)
	if err != nil {
		t.Fatal(err)
	}
	n.begun(t, c, loading)
	back := n.goAway(t)
	select {
	case <-time.After(3 * time.Second):
	case <-c.ended:
	}
	back()
	met, err := n.until(t.Context(), c, func() (bool, error) {
		editions, err := n.count(t.Context(), "SELECT count() FROM ops.edition")
		return editions > 0, err
	})
	if !met || err != nil {
		t.Fatalf("serve ended, or made no edition: %v, %v", err, c.failure)
	}
	if err := signalTo(c.Process.Pid, syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	<-c.ended
	got, err := p.contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The edition is that of today, so the facts are others.
	if lost, doubled, _ := w.want.compare(got); lost > 0 || doubled > 0 || got.books != w.want.books {
		t.Errorf("%d rows lost, %d doubled, deliveries as in an undisturbed run: %t", lost, doubled, got.books == w.want.books)
	}
}
