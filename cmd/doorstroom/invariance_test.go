package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"doorstroom/schemas"
)

// editionDay is the cut-off under test, laterDay one after all deliveries.
const (
	editionDay = "2026-03-31"
	laterDay   = "2026-06-30"
)

// TestAnEditionDependsOnItsDeliveriesOnly holds the facts of one edition
// byte-identical, whatever came after its cut-off, in whatever order, batches
// or number of workers it was loaded, on an empty or a used warehouse, and
// after kills at any moment. What it is compared with is an empty warehouse
// that was given nothing but the deliveries of the edition, all in one run.
func TestAnEditionDependsOnItsDeliveriesOnly(t *testing.T) {
	t.Parallel()
	all := newSupply(t)
	plain := newUser(t).with("DOORSTROOM_WORKERS=1")
	loadEvents := plain.events("run", "--landing", all.landing(t, all.upTo(editionDay)...), "--only", "load")
	buildEvents := plain.events("run", "--only", "facts", "--as-of", editionDay)
	want := plain.contents(editionDay)
	if len(want) != len(schemas.FactTables)+1 {
		t.Fatalf("the edition has %d lines, want one per table and one for itself", len(want))
	}
	all.addUpheaval(t, plain)

	t.Run("with what came after it, four workers", func(t *testing.T) {
		u := newUser(t).with("DOORSTROOM_WORKERS=4")
		u.loads(all.landing(t, all.ids()...))
		u.builds(editionDay)
		u.has(editionDay, want)
	})
	t.Run("in other batches and orders, on a used warehouse", func(t *testing.T) { inBatches(t, all, want) })
	t.Run("killed and started again", func(t *testing.T) { killed(t, all, want, loadEvents, buildEvents) })
	t.Run("again, once what came after it is there", func(t *testing.T) {
		u := plain.on(t)
		u.loads(all.landing(t, all.ids()...))
		u.builds(laterDay)
		u.builds(editionDay)
		u.has(editionDay, want)
		if maps.Equal(u.contents(laterDay), want) {
			t.Error("the later edition equals the earlier one: the deliveries after the cut-off change nothing, so this test shows nothing")
		}
	})
}

// inBatches loads the deliveries in drawn orders and batches, every batch with
// all that came before it, and builds editions in between.
func inBatches(t *testing.T, all *supply, want map[string]string) {
	for seed := range uint64(2) {
		t.Run("seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			ids := all.ids()
			random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
			for batch, list := range batches(random, ids, 3) {
				all.copyTo(t, landing, list...)
				workers := fmt.Sprintf("DOORSTROOM_WORKERS=%d", 1+random.IntN(4))
				u.with(workers).loads(landing)
				if batch == 1 { // an edition of half the deliveries, which has to go
					u.with(workers).builds(editionDay)
				}
			}
			u.builds(laterDay)
			u.builds(editionDay)
			u.has(editionDay, want)
		})
	}
}

// batches cuts a list at drawn places into n parts, none empty.
func batches(random *rand.Rand, ids []string, n int) [][]string {
	cuts := random.Perm(len(ids) - 1)[:n-1]
	slices.Sort(cuts)
	var parts [][]string
	from := 0
	for _, cut := range cuts {
		parts = append(parts, ids[from:cut+1])
		from = cut + 1
	}
	return append(parts, ids[from:])
}

// killed kills loading and building at events that a seed gives, each on what
// the kill before left, and lets them end at last.
func killed(t *testing.T, all *supply, want map[string]string, loadEvents, buildEvents int) {
	random := rand.New(rand.NewPCG(3, 1))
	u, landing := newUser(t), all.landing(t, all.ids()...)
	hits := 0
	for range 3 {
		hits += u.kill(random, loadEvents, "run", "--landing", landing, "--only", "load")
	}
	u.loads(landing)
	for range 3 {
		hits += u.kill(random, buildEvents, "run", "--only", "facts", "--as-of", editionDay)
	}
	u.builds(editionDay)
	u.has(editionDay, want)
	t.Logf("%d of 6 commands were killed before their end", hits)
	if hits == 0 {
		t.Error("every command ended before it was killed, so nothing was shown: kill earlier")
	}
}

// events runs a command to its end and gives how many lines it says on the way
// with all that it can tell: each stands for something that it did.
func (u *user) events(args ...string) (n int) {
	u.t.Helper()
	u.telling(args, func(*exec.Cmd) { n++ }).exits(0)
	return n
}

// kill starts a command and kills it at one of the events that it was measured
// to have; it gives 1 when the command was still running then.
func (u *user) kill(random *rand.Rand, events int, args ...string) int {
	u.t.Helper()
	n, at := 0, 1+int((0.2+0.6*random.Float64())*float64(events))
	killed := u.telling(args, func(cmd *exec.Cmd) {
		if n++; n == at {
			_ = cmd.Process.Kill() // it may have come to its end
		}
	})
	if killed.code == -1 {
		return 1
	}
	return 0
}

// telling runs a command that tells all that it does, and hears of every line.
func (u *user) telling(args []string, line func(*exec.Cmd)) ended {
	u.t.Helper()
	told := u.with("DOORSTROOM_LOG_LEVEL=debug", "DOORSTROOM_LOG_FORMAT=json")
	cmd := told.command(args...)
	return told.watch(cmd, func(text string) {
		if strings.HasSuffix(text, "\n") {
			line(cmd)
		}
	})
}

func (u *user) loads(landing string) {
	u.t.Helper()
	u.run("run", "--landing", landing, "--only", "load").exits(0)
}

func (u *user) builds(day string) {
	u.t.Helper()
	u.run("run", "--only", "facts", "--as-of", day).exits(0)
}

// contents are rows and content hash of every table of an edition, and what is
// written with the edition itself, except when and under which number it was built.
func (u *user) contents(day string) map[string]string {
	u.t.Helper()
	found := map[string]string{}
	for _, r := range u.run("editions", "--format", "CSV").exits(0).rows() {
		if r[0] == day {
			found[r[1]] = r[2] + " rows, hash " + r[3]
		}
	}
	found["edition"] = u.value(`SELECT toString(tuple(inputs, definition_version, horizon, grid_end, deliveries, records, persons,
		(SELECT groupArray(l) FROM (SELECT tuple(record, cohort, linkage, records, persons) AS l FROM ops.source_linkage WHERE edition = '` + day + `' ORDER BY l)),
		(SELECT tuple(count(), sum(sipHash64(person_id, record, first_linked_on, delivered_since))) FROM ops.first_link WHERE edition = '` + day + `'),
		(SELECT groupArray(c) FROM (SELECT tuple(rule, record, persons, records) AS c FROM ops.contradiction WHERE edition = '` + day + `' ORDER BY c))))
		FROM ops.edition FINAL WHERE edition = '` + day + `'`)
	return found
}

func (u *user) has(day string, want map[string]string) {
	u.t.Helper()
	got := u.contents(day)
	for table, content := range want {
		if got[table] != content {
			u.t.Errorf("%s of edition %s has %s, want %s", table, day, got[table], content)
		}
	}
}
