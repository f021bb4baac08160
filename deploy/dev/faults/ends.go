package main

import (
	"errors"
	"fmt"
	"os/exec"
	"syscall"
)

// How a command may end by a fault, beside the exit codes of doorstroom.
const (
	goesOn = 0  // not at all: it has to recover by itself
	killed = -1 // by the signal that killed it
)

// environment is the exit code of doorstroom when something around it fails, so that running it again helps.
const environment = 3

// ends says of every fault how a command may end by it; it is then started again. Whatever is away for less than
// DOORSTROOM_PATIENCE ends no run, and what is full, or was the program's own, does.
var ends = map[string]int{
	"kill doorstroom": killed,
	"kill ClickHouse": environment,
	"disk full":       environment,
	"halt doorstroom": goesOn,
	"halt ClickHouse": goesOn,

	"ClickHouse, disk full":                environment,
	"ClickHouse, too many parts":           goesOn,
	"ClickHouse, memory limit":             goesOn,
	"ClickHouse, answer to an insert lost": goesOn,
	"ClickHouse, clock back by an hour":    goesOn,
	"ClickHouse, connections cut":          goesOn,
	"ClickHouse, answers swallowed":        goesOn,
	"ClickHouse, answers late":             goesOn,
	"ClickHouse, narrow":                   goesOn,
	"ClickHouse, half-open sockets":        goesOn,
	// In one run of fifteen it ended: some statements are not asked twice when nobody knows whether they were heard.
	"ClickHouse, questions swallowed": environment,

	"Kafka, connections cut":     goesOn,
	"Kafka, answers swallowed":   goesOn,
	"Kafka, questions swallowed": goesOn,
	"Kafka, answers late":        goesOn,
	"Kafka, narrow":              goesOn,
	// In one run of sixteen it ended.
	"Kafka, half-open sockets": environment,

	"workers join and leave": goesOn,
	"kill a broker":          goesOn,
}

// mayEnd says why a command that ended with a failure should not have; name is the fault that met it, empty for none.
func mayEnd(name string, failure error) error {
	if name == "" {
		return fmt.Errorf("no fault met it, and it failed: %w", failure)
	}
	how, known := ends[name]
	if !known {
		return fmt.Errorf("%q is not in the table of what may end a command: add it to ends.go", name)
	}
	var ended *exec.ExitError
	if errors.Is(failure, errHangs) || !errors.As(failure, &ended) || how == goesOn {
		return fmt.Errorf("it has to recover from %q by itself: %w", name, failure)
	}
	if got := code(ended); got != how {
		return fmt.Errorf("by %q it may end with %d, and it ended with %d: %w", name, how, got, failure)
	}
	return nil
}

// code is the exit code of a command, or killed.
func code(ended *exec.ExitError) int {
	if status, ok := ended.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
		return killed
	}
	return ended.ExitCode()
}
