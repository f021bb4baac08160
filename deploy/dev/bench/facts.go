package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// buildFacts runs BenchmarkBuild of pipelines/edition, which fills the raw tables by SQL: it measures the step alone, on
// more wage rows than a synthetic population of that size has.
func (o options) buildFacts(ctx context.Context) (*factsBuild, error) {
	w, err := startWatch()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkBuild$", "-benchtime", "1x", "-timeout", "60m", "./pipelines/edition")
	cmd.Env = append(os.Environ(), "DOORSTROOM_BENCH_PERSONS="+strconv.Itoa(o.facts))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go test ./pipelines/edition: %w\n%s", err, out)
	}
	f, err := parseBuild(string(out))
	if err != nil {
		return nil, err
	}
	f.LoadBefore = w.loadBefore
	cpu := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	f.Others, err = w.others(cpu)
	return f, err
}

var stageLine = regexp.MustCompile(`bench_test\.go:\d+: \[(\{.*\})\]`)

var buildLine = regexp.MustCompile(`(\d+) persons, \d+ records, (map\[.*?\]) in (\S+); CPU: server ([\d.]+) s, own ([\d.]+) s; peak: server (\d+) kB, own (\d+) kB`)

// parseBuild reads what the benchmark tells of its last build.
func parseBuild(text string) (*factsBuild, error) {
	all := buildLine.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		return nil, fmt.Errorf("BenchmarkBuild of pipelines/edition does not tell persons, time, CPU and peak as it did: %s", text)
	}
	m := all[len(all)-1]
	took, err := time.ParseDuration(m[3])
	if err != nil {
		return nil, fmt.Errorf("BenchmarkBuild took %q: %w", m[3], err)
	}
	var n [8]float64
	for _, i := range []int{1, 4, 5, 6, 7} {
		if n[i], err = strconv.ParseFloat(m[i], 64); err != nil {
			return nil, fmt.Errorf("read what BenchmarkBuild tells: %w", err)
		}
	}
	stages := ""
	if found := stageLine.FindAllStringSubmatch(text, -1); found != nil {
		stages = strings.NewReplacer("} {", ", ", "{", "", "}", "").Replace(found[len(found)-1][1])
	}
	return &factsBuild{Stages: stages, Persons: int(n[1]), Wall: took.Seconds(), ServerCPU: n[4], OwnCPU: n[5], ServerPeakMiB: n[6] / 1024, OwnPeakMiB: n[7] / 1024, Outcome: m[2]}, nil
}
