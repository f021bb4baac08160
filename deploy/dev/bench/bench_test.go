package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"doorstroom/connectors/connectortest"
)

// The name of a process may hold blanks and brackets.
func TestParseStat(t *testing.T) {
	line := "4711 (a) (b c) S 12 4711 4711 0 -1 4194560 100 200 0 0 250 50 7 8 20 0 9 0 100 1000 10 18446744073709551615"
	pid, parent, cpu, ok := parseStat(line)
	if !ok || pid != 4711 || parent != 12 || cpu != 3 {
		t.Errorf("%d, %d, %v, %v; want 4711, 12, 3 seconds, true", pid, parent, cpu, ok)
	}
	for _, bad := range []string{"", "4711", "4711 (a S 12", "4711 (a) S 12 1 1"} {
		if _, _, _, ok := parseStat(bad); ok {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestBelow(t *testing.T) {
	parents := map[int]int{2: 1, 10: 2, 11: 10, 12: 11, 20: 2}
	for pid, want := range map[int]bool{10: true, 11: true, 12: true, 20: false, 2: false, 99: false} {
		if got := below(pid, 10, parents); got != want {
			t.Errorf("%d below 10: %v, want %v", pid, got, want)
		}
	}
}

// The program itself has the time that its children do not have.
func TestDivide(t *testing.T) {
	got := divide(map[int]sample{
		1: {kind: "doorstroom", peakMiB: 100, cpu: 1}, 2: {kind: "clickhouse", peakMiB: 300, cpu: 4},
		3: {kind: "dbt", peakMiB: 90, cpu: 1}, 4: {kind: "dbt", peakMiB: 130, cpu: 2},
	}, 10)
	want := map[string]process{"doorstroom": {100, 3}, "clickhouse": {300, 4}, "dbt": {130, 3}}
	for kind, p := range want {
		if got[kind] != p {
			t.Errorf("%s: %v, want %v", kind, got[kind], p)
		}
	}
}

// A process is seen with the memory it has: this one.
func TestLookSeesThisProcess(t *testing.T) {
	seen := map[int]sample{}
	look(os.Getpid(), seen)
	if s := seen[os.Getpid()]; s.kind != "doorstroom" || s.peakMiB < 1 {
		t.Errorf("%+v", s)
	}
}

// A tenth of the cores is shared.
func TestShared(t *testing.T) {
	if shared(0.19, 2) || !shared(0.2, 2) {
		t.Error("the bound is not a tenth of two cores")
	}
}

func TestParseBuild(t *testing.T) {
	text := "facts: 100 persons, 9 records, map[person:5 job:3] in 1m2.5s; CPU: server 3.5 s, own 1.2 s; peak: server 2048 kB, own 1024 kB\n" +
		"    bench_test.go:41: [{shuffle 1.5s} {slices 61s}]\n"
	f, err := parseBuild(text)
	want := factsBuild{Persons: 100, Wall: 62.5, ServerCPU: 3.5, OwnCPU: 1.2, ServerPeakMiB: 2, OwnPeakMiB: 1, Stages: "shuffle 1.5s, slices 61s", Outcome: "map[person:5 job:3]"}
	if err != nil || *f != want {
		t.Errorf("%+v, %v; want %+v", f, err, want)
	}
	if _, err := parseBuild("PASS"); err == nil {
		t.Error("a benchmark that tells nothing is taken")
	}
}

// The delivery of wages is one that the connectors take, and none of its rows is put aside.
func TestWriteWages(t *testing.T) {
	h := connectortest.New(t)
	if err := writeWages(h.Landing, 25_000); err != nil {
		t.Fatal(err)
	}
	closed := h.MustRead()
	if len(closed) != 1 || closed[0].Reason != "" || len(closed[0].Records) != 1 {
		t.Fatalf("%+v", closed)
	}
	if c := closed[0].Records[0]; c.RowsInFiles != 25_000 || c.RowsQuarantined != 0 {
		t.Errorf("%d rows, %d put aside; want 25,000 and none", c.RowsInFiles, c.RowsQuarantined)
	}
}

func TestPage(t *testing.T) {
	steps := []*step{{Name: "synth"}, {Name: "load", Rows: 1000}, {Name: "facts", Rows: 2000}, {Name: "marts"}, {Name: "again, nothing new"}}
	for _, s := range steps {
		s.usage = usage{Started: time.Unix(0, 0), Wall: 2, CPU: 3, Others: 0.5, LoadBefore: 1, Processes: map[string]process{"doorstroom": {PeakMiB: 64, CPU: 3}}}
	}
	r := &results{Machine: machine{Cores: 2, MemoryGiB: 24}, EndToEnd: []*endToEnd{{Persons: 10_000, People: 9_000, Steps: steps, Kafka: 5e6}}}
	page := r.page()
	for _, want := range []string{
		"## Main job: 10,000 persons", "| load | 1,000 | 2.0 | 500 | 3.0 | 3.0 / – / – | 64 / – / – | 1.0 | 0.5 | **shared** |",
		"| load to marts | 1,000 | 6.0 | 166 | 9.0 |", "4500 persons/s in facts, 1500 from load to marts", "Kafka 5 MB", "## To measure again",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}
