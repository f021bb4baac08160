package main

import (
	"errors"
	"io/fs"
	"syscall"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/warehouse"
)

// Exit codes, as the contract states them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitEnvironment = 3
	exitRefused     = 4
)

// coded is an error that knows its exit code.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

// usage marks an error as wrong use of the command.
func usage(err error) error { return coded{err, exitUsage} }

// environment marks an error as one of the machine or the servers around it.
func environment(err error) error {
	if err == nil {
		return nil
	}
	return coded{err, exitEnvironment}
}

// errRefused ends a run that is done but refused a delivery.
var errRefused = coded{errors.New("done, but a delivery was refused; 'doorstroom deliveries' says which and why"), exitRefused}

// exitCode maps an error to the exit code.
func exitCode(err error) int {
	var c coded
	var inUse *embedded.ErrDataInUse
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, warehouse.ErrAway), errors.Is(err, warehouse.ErrUnreachable), errors.Is(err, warehouse.ErrLogin), errors.Is(err, warehouse.ErrTLS), errors.Is(err, warehouse.ErrProfile),
		errors.Is(err, warehouse.ErrNoTables), errors.Is(err, warehouse.ErrOlderTables), errors.Is(err, warehouse.ErrNewerTables), errors.Is(err, warehouse.ErrForeignTables),
		errors.As(err, &inUse), errors.Is(err, embedded.ErrNoLibrary), errors.Is(err, fs.ErrPermission),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS):
		return exitEnvironment
	}
	return exitFailed
}
