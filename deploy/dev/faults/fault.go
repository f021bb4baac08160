package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// fault breaks a command that is under way and returns when what it broke is back.
type fault struct {
	name string
	// at is the moment, as a part of the lines that the step tells undisturbed.
	at float64
	do func(ctx context.Context, c *command) error
}

// processFaults are those of the program and its own ClickHouse, which have their data on a disk of their own.
func processFaults(disk *disk, r *rand.Rand) []fault {
	pause := time.Duration(200+r.IntN(2500)) * time.Millisecond
	return []fault{
		{name: "disk full", do: func(ctx context.Context, _ *command) error { return disk.fill(ctx, pause) }},
		{name: "kill doorstroom", do: func(_ context.Context, c *command) error {
			return signalTo(c.Process.Pid, syscall.SIGKILL)
		}},
		{name: "kill ClickHouse", do: func(_ context.Context, c *command) error {
			return onChild(c, func(pid int) error { return signalTo(pid, syscall.SIGKILL) })
		}},
		{name: "halt doorstroom", do: func(ctx context.Context, c *command) error {
			return halt(ctx, c.Process.Pid, pause)
		}},
		{name: "halt ClickHouse", do: func(ctx context.Context, c *command) error {
			return onChild(c, func(pid int) error { return halt(ctx, pid, pause) })
		}},
	}
}

// errMissed says that what a fault would have broken is not there yet, or no more.
var errMissed = errors.New("nothing to break")

// onChild breaks the ClickHouse of a command.
func onChild(c *command, do func(pid int) error) error {
	pid := childOf(c.Process.Pid)
	if pid == 0 {
		return errMissed
	}
	return do(pid)
}

// halt stops a process and lets it go on later.
func halt(ctx context.Context, pid int, pause time.Duration) error {
	if err := signalTo(pid, syscall.SIGSTOP); err != nil {
		return err
	}
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
	return signalTo(pid, syscall.SIGCONT)
}

// signalTo misses a process that is no more.
func signalTo(pid int, s syscall.Signal) error {
	err := syscall.Kill(pid, s)
	if errors.Is(err, syscall.ESRCH) {
		return errMissed
	}
	return err
}

// childOf is the process that another one started, 0 for none.
func childOf(parent int) int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		// The name before it is in brackets and may hold anything.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if fields[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			return pid
		}
	}
	return 0
}
