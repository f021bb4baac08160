package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"

	"golang.org/x/sys/unix"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
)

// fullDisk is the free space, in bytes, below which an error is laid to the
// disk: the engines write in blocks of some megabytes.
const fullDisk = 8 << 20

// explain gives a failure its cause in the environment, when there is one, and
// says what to do about it.
func (a *app) explain(ctx context.Context, err error) error {
	var known coded
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known) && known.code != exitEnvironment:
		return err
	case errors.Is(context.Cause(ctx), context.Canceled):
		// Failed, whatever it was waiting for: nothing of the environment is to be mended.
		return coded{fmt.Errorf("stopped before it was done; run the command again, it goes on where this one stopped (%w)", err), exitFailed}
	case errors.Is(err, syscall.ENOSPC), a.localDiskFull():
		return environment(fmt.Errorf("no space left on the disk of the data folder %s: make room there, or choose another folder with --data, and run the command again (%w)", a.settings.Data, err))
	case warehouse.DiskFull(err):
		return environment(fmt.Errorf("no space left on the disk of ClickHouse: make room there and run the command again (%w)", err))
	}
	if mend, lasts := kafka.Lasting(err); lasts {
		return environment(fmt.Errorf("%w; %s", err, mend))
	}
	if unreachable(err) {
		return environment(err)
	}
	return err
}

// localDiskFull tells that the embedded engines have no room to write.
func (a *app) localDiskFull() bool {
	embedded := a.settings.ClickHouseAddr == "" || len(a.settings.KafkaBrokers) == 0
	var disk unix.Statfs_t
	return embedded && unix.Statfs(a.settings.Data, &disk) == nil && disk.Bavail*uint64(disk.Bsize) < fullDisk
}

// unreachable tells that a server could not be connected to.
func unreachable(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}
