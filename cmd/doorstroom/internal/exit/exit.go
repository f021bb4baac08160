// Package exit gives errors the exit codes of the contract.
package exit

import (
	"errors"
	"io/fs"
	"syscall"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
)

// Exit codes, as the contract states them.
const (
	CodeDone        = 0
	CodeFailed      = 1
	CodeUsage       = 2
	CodeEnvironment = 3
	CodeRefused     = 4
)

// Coded is an error that knows its exit code.
type Coded struct {
	Err  error
	Code int
}

// Error implements error.
func (c Coded) Error() string { return c.Err.Error() }

// Unwrap gives the error without its code.
func (c Coded) Unwrap() error { return c.Err }

// Usage marks an error as wrong use of the command.
func Usage(err error) error { return Coded{err, CodeUsage} }

// Environment marks an error as one of the machine or the servers around it.
func Environment(err error) error {
	if err == nil {
		return nil
	}
	return Coded{err, CodeEnvironment}
}

// ErrRefused ends a run that is done but refused a delivery.
var ErrRefused error = Coded{errors.New("done, but a delivery was refused; 'doorstroom deliveries' says which and why"), CodeRefused}

// environment are the errors of other packages that tell of the machine or the servers around it.
var environment = []error{
	warehouse.ErrAway, warehouse.ErrUnreachable, warehouse.ErrLogin, warehouse.ErrTLS, warehouse.ErrProfile, warehouse.ErrRowsHidden,
	warehouse.ErrNoTables, warehouse.ErrOlderTables, warehouse.ErrNewerTables, warehouse.ErrForeignTables,
	embedded.ErrNoLibrary, marts.ErrNoDBT, job.ErrHeld, job.ErrLost, fs.ErrPermission, syscall.ENOSPC, syscall.EROFS,
}

// Code maps an error to the exit code.
func Code(err error) int {
	var c Coded
	switch {
	case err == nil:
		return CodeDone
	case errors.As(err, &c):
		return c.Code
	case ofEnvironment(err):
		return CodeEnvironment
	}
	return CodeFailed
}

func ofEnvironment(err error) bool {
	for _, known := range environment {
		if errors.Is(err, known) {
			return true
		}
	}
	var inUse *embedded.ErrDataInUse
	var notReady *kafka.NotReadyError
	var unreachable *query.UnreachableError
	return errors.As(err, &inUse) || errors.As(err, &notReady) || errors.As(err, &unreachable)
}
