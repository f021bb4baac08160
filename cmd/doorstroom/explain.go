package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// leastFree is the free disk space below which a failure is put down to a full
// disk: the engines write in blocks of a few megabytes.
const leastFree = 32 << 20

// explain gives a failure its cause in the environment, when there is one, and
// says what to do about it.
func (a *app) explain(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(ctx), context.Canceled):
		return fmt.Errorf("stopped before it was done; run the command again, it goes on where this one stopped (%w)", err)
	case diskFull(a.settings.Data, err):
		return environment(fmt.Errorf("no space is left on the disk of the data folder %s: make room, then run the command again (%w)", a.settings.Data, err))
	case unreachable(err):
		return environment(err)
	}
	return err
}

// diskFull tells that writing failed for want of room: by the error itself, by
// ClickHouse's own (243 NOT_ENOUGH_SPACE), or by what is left on the disk.
func diskFull(dir string, err error) bool {
	var server *clickhouse.Exception
	if errors.Is(err, syscall.ENOSPC) || errors.As(err, &server) && server.Code == 243 || strings.Contains(err.Error(), "No space left on device") {
		return true
	}
	var disk syscall.Statfs_t
	if syscall.Statfs(existingParent(dir), &disk) != nil {
		return false
	}
	return disk.Bavail*uint64(disk.Bsize) < leastFree
}

// existingParent is the folder itself, or where it would be made.
func existingParent(dir string) string {
	if _, err := os.Stat(dir); err != nil {
		return "."
	}
	return dir
}

// unreachable tells that a server could not be connected to.
func unreachable(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}
