package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// refused is the exit code of a run that refused a delivery; some synthetic ones are bad on purpose.
const refused = 4

// watch is around anything that is measured: the load before it, and how busy others were during it.
type watch struct {
	began      time.Time
	loadBefore float64
	busy       float64
}

func startWatch() (watch, error) {
	w := watch{}
	var err error
	if w.loadBefore, err = loadAverage(); err != nil {
		return w, err
	}
	if w.busy, err = busySeconds(); err != nil {
		return w, err
	}
	w.began = time.Now()
	return w, nil
}

// others is how many cores other processes kept busy, given our own processor time.
func (w watch) others(cpu float64) (float64, error) {
	busy, err := busySeconds()
	if err != nil {
		return 0, err
	}
	return max(0, (busy-w.busy-cpu)/time.Since(w.began).Seconds()), nil
}

// measure runs a command of the program and its usage.
func (o options) measure(ctx context.Context, args ...string) (u usage, output string, err error) {
	w, err := startWatch()
	if err != nil {
		return u, "", err
	}
	cmd := exec.CommandContext(ctx, o.program, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Start(); err != nil {
		return u, "", fmt.Errorf("start doorstroom %s: %w", args[0], err)
	}
	s := startSampler(cmd.Process.Pid)
	err = cmd.Wait()
	u = usage{Started: w.began.UTC(), Wall: time.Since(w.began).Seconds(), LoadBefore: w.loadBefore}
	seen := s.stop()
	if err != nil && cmd.ProcessState.ExitCode() != refused {
		return u, "", fmt.Errorf("doorstroom %s: %w", args[0], err)
	}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.CPU = float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
	}
	u.Processes = divide(seen, u.CPU)
	u.Others, err = w.others(u.CPU)
	return u, out.String(), err
}

// divide gives each kind of process its peak and its time; the program itself has what its children do not have.
func divide(seen map[int]sample, total float64) map[string]process {
	kinds := map[string]process{}
	own := total
	for _, s := range seen {
		p := kinds[s.kind]
		p.PeakMiB = max(p.PeakMiB, s.peakMiB)
		if s.kind != "doorstroom" {
			p.CPU += s.cpu
			own -= s.cpu
		}
		kinds[s.kind] = p
	}
	p := kinds["doorstroom"]
	p.CPU = max(0, own)
	kinds["doorstroom"] = p
	return kinds
}
