package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// sample is what was last seen of a process.
type sample struct {
	kind    string // doorstroom, clickhouse, dbt or other
	peakMiB float64
	cpu     float64 // seconds
}

// sampler looks at a process and everything below it until stopped. The kernel keeps the peak of a process, so only
// what happens in the last moment of one is missed.
type sampler struct {
	root int
	end  chan struct{}
	seen chan map[int]sample
}

const samplingInterval = 100 * time.Millisecond

func startSampler(root int) *sampler {
	s := &sampler{root: root, end: make(chan struct{}), seen: make(chan map[int]sample, 1)}
	go s.loop()
	return s
}

func (s *sampler) loop() {
	seen := map[int]sample{}
	tick := time.NewTicker(samplingInterval)
	defer tick.Stop()
	for {
		look(s.root, seen)
		select {
		case <-s.end:
			s.seen <- seen
			return
		case <-tick.C:
		}
	}
}

// stop ends the looking; it gives what was seen by process id.
func (s *sampler) stop() map[int]sample {
	close(s.end)
	return <-s.seen
}

// look notes all processes at and below root.
func look(root int, seen map[int]sample) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return // the pattern is a sound one
	}
	parents, cpu := map[int]int{}, map[int]float64{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		if pid, parent, seconds, ok := parseStat(string(text)); ok {
			parents[pid], cpu[pid] = parent, seconds
		}
	}
	for pid := range parents {
		if !below(pid, root, parents) {
			continue
		}
		s := seen[pid]
		if s.kind == "" || s.kind == "other" { // a child is its parent's copy until it becomes another program
			s.kind = kindOf(pid, root)
		}
		s.peakMiB, s.cpu = max(s.peakMiB, peakMiB(pid)), max(s.cpu, cpu[pid])
		seen[pid] = s
	}
}

// below says whether pid is root or a descendant of it.
func below(pid, root int, parents map[int]int) bool {
	for pid > 1 {
		if pid == root {
			return true
		}
		pid = parents[pid]
	}
	return false
}

// parseStat reads process id, parent and processor seconds from a line of /proc/<pid>/stat, whose second field is the
// name in brackets and may hold anything.
func parseStat(line string) (pid, parent int, cpu float64, ok bool) {
	open, end := strings.IndexByte(line, '('), strings.LastIndexByte(line, ')')
	if open < 0 || end < open {
		return 0, 0, 0, false
	}
	rest := strings.Fields(line[end+1:])
	if len(rest) < 13 {
		return 0, 0, 0, false
	}
	pid, err1 := strconv.Atoi(strings.TrimSpace(line[:open]))
	parent, err2 := strconv.Atoi(rest[1])
	user, err3 := strconv.Atoi(rest[11])
	system, err4 := strconv.Atoi(rest[12])
	return pid, parent, float64(user+system) / ticks, err1 == nil && err2 == nil && err3 == nil && err4 == nil
}

// kindOf tells the program, its ClickHouse and dbt apart by their command lines.
func kindOf(pid, root int) string {
	if pid == root {
		return "doorstroom"
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return "other"
	}
	args := strings.Split(string(text), "\x00")
	switch {
	case len(args) > 1 && args[1] == "embedded-clickhouse":
		return "clickhouse"
	case len(args) > 1 && (filepath.Base(args[0]) == "dbt" || filepath.Base(args[1]) == "dbt"):
		return "dbt"
	}
	return "other"
}

// peakMiB is the most memory that a process has had, 0 when it has ended.
func peakMiB(pid int) float64 {
	text := afterColon(fmt.Sprintf("/proc/%d/status", pid), "VmHWM")
	kib, err := strconv.ParseFloat(strings.TrimSuffix(text, " kB"), 64)
	if err != nil {
		return 0
	}
	return kib / 1024
}
