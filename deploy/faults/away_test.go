package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
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
		proxy := n.proxies["ClickHouse"]
		met, err := n.until(t.Context(), c, func() (bool, error) {
			begun, err := n.count(t.Context(), "SELECT count() FROM ops.step WHERE step = '"+string(s)+"'")
			return begun > 0 && err == nil, nil // before the first run there is no such table
		})
		if !met || err != nil {
			t.Fatalf("step %s ended before the server was gone: %v, %v", s, err, c.failure)
		}
		address := proxy.Listen
		proxy.Stop()
		<-c.ended
		var ended *exec.ExitError
		if !errors.As(c.failure, &ended) || ended.ExitCode() != 3 || !strings.Contains(c.err.String(), "run the same command again") {
			t.Errorf("step %s: %v", s, c.failure)
		}
		proxy.Listen = address
		if err := proxy.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := p.finish(t.Context(), w.args(s)...); err != nil {
			t.Fatal(err)
		}
	}
	w.same(t, p)
}
