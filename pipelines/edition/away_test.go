package edition_test

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
)

// door is a way to the server that can be shut and opened.
type door struct {
	net.Listener
	to string

	mu    sync.Mutex
	shut  bool
	conns []net.Conn
	// passed, if not nil, hears of every piece of data on its way to the server.
	passed func()
}

func openDoor(t *testing.T, to string) *door {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	d := &door{Listener: l, to: to}
	t.Cleanup(func() { must(t, l.Close()); d.set(true) })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go d.serve(in)
		}
	}()
	return d
}

func (d *door) serve(in net.Conn) {
	out, err := net.Dial("tcp", d.to)
	if err != nil {
		_ = in.Close()
		return
	}
	d.mu.Lock()
	d.conns = append(d.conns, in, out)
	shut := d.shut
	d.mu.Unlock()
	if shut {
		d.set(true)
	}
	go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
	buf := make([]byte, 32<<10)
	for {
		n, err := in.Read(buf)
		if d.passed != nil {
			d.passed()
		}
		if _, wrote := out.Write(buf[:n]); err != nil || wrote != nil {
			_ = out.Close()
			return
		}
	}
}

// set shuts the door, which cuts every connection, or opens it.
func (d *door) set(shut bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = shut
	if shut {
		for _, c := range d.conns {
			_ = c.Close()
		}
		d.conns = nil
	}
}

// behind gives facts that reach the server of an engine through a door.
func (e *engine) behind(t *testing.T, patience time.Duration) (*edition.Builder, *door) {
	t.Helper()
	d := openDoor(t, e.server.NativeAddr())
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: d.Addr().String(), User: e.server.User(), Password: e.server.Password()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return edition.New(edition.Config{Config: slice.Config{Warehouse: db, Kafka: e.kafka, Patience: patience, Log: e.log}, SlicePersons: 40}), d
}

// TestBuildOutlastsCuts cuts every connection to ClickHouse again and again while an edition is made: it comes to the
// same all the same.
func TestBuildOutlastsCuts(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 400)
	cutOff := day("2026-06-30")
	_, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	want := e.content(t)
	e.exec(t, "TRUNCATE TABLE ops.edition")
	f, d := e.behind(t, time.Minute)
	// The pieces between two cuts get more, so that the build gets a little further each time.
	var mu sync.Mutex
	pieces, cuts, next := 0, 0, 3
	d.passed = func() {
		mu.Lock()
		defer mu.Unlock()
		if pieces++; pieces >= next && next < 200 {
			pieces, next = 0, next*2
			cuts++
			d.set(true)
			d.set(false)
		}
	}
	result, err := f.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	if got := e.content(t); result.Outcome != edition.Built || !slices.Equal(got, want) {
		t.Errorf("%d: got %v, want %v", result.Outcome, got, want)
	}
	mu.Lock()
	defer mu.Unlock()
	if cuts < 6 {
		t.Errorf("%d cuts are too few to show anything", cuts)
	}
}

// TestBuildEndsWhenPatienceDoes: ClickHouse stays away for longer than the setting allows, comes back, and the next
// build makes what the first one left.
func TestBuildEndsWhenPatienceDoes(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 100)
	cutOff := day("2026-06-30")
	f, d := e.behind(t, 300*time.Millisecond)
	d.set(true)
	_, err := f.Build(t.Context(), cutOff, edition.Options{})
	if !errors.Is(err, warehouse.ErrAway) || !strings.Contains(err.Error(), "run the same command again") {
		t.Errorf("the error is %v", err)
	}
	if _, err := edition.ReadEdition(t.Context(), e.db, cutOff); !errors.Is(err, edition.ErrNoEdition) {
		t.Errorf("an edition stands: %v", err)
	}
	d.set(false)
	result, err := f.Build(t.Context(), cutOff, edition.Options{})
	if err != nil || result.Outcome != edition.Built {
		t.Errorf("%d, %v", result.Outcome, err)
	}
}

// TestClockThatWentBack: an edition was made and its deliveries decided while the clock was a day ahead. What comes
// after the clock was set right is younger all the same.
func TestClockThatWentBack(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 100)
	cutOff := day("2026-06-30")
	first, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	e.exec(t, "INSERT INTO ops.edition SELECT * REPLACE (written_at + INTERVAL 1 DAY AS written_at) FROM ops.edition FINAL")
	e.exec(t, "INSERT INTO ops.build SELECT * REPLACE (build + 86400000000 AS build, 'open' AS status, written_at + INTERVAL 1 DAY AS written_at) FROM ops.build FINAL")
	e.exec(t, "INSERT INTO ops.delivery SELECT * REPLACE (decided_at + INTERVAL 1 DAY AS decided_at) FROM ops.delivery FINAL")
	e.accept(t, delivery{id: 77, supplier: "uwv", name: "later", drawn: "2026-06-29", mode: "full", covers: "2026-05-31", records: []string{"uwv_employment"}})
	second, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	standing, err := edition.ReadEdition(t.Context(), e.db, cutOff)
	must(t, err)
	if second.Outcome != edition.Built || standing.Build != second.Build || standing.Build == first.Build {
		t.Errorf("build %d stands, of %d and %d (%d)", standing.Build, first.Build, second.Build, second.Outcome)
	}
	var open uint64
	must(t, e.db.QueryRow(context.Background(), "SELECT count() FROM ops.build FINAL WHERE status = 'open'").Scan(&open))
	if open != 0 {
		t.Errorf("%d builds are open", open)
	}
	if _, err := edition.ReadSourced(t.Context(), e.db, cutOff); err != nil {
		t.Errorf("what stands cannot be traced: %v", err)
	}
}
