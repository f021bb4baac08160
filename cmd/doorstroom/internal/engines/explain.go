package engines

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"

	"golang.org/x/sys/unix"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
)

// fullDisk is the free space, in bytes, below which an error is laid to the
// disk: the engines write in blocks of some megabytes.
const fullDisk = 8 << 20

// Explain gives a failure its cause in the environment, when there is one, and
// says what to do about it.
func Explain(ctx context.Context, s *settings.Settings, err error) error {
	var known exit.Coded
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known) && known.Code != exit.CodeEnvironment:
		return err
	case errors.Is(context.Cause(ctx), context.Canceled):
		// Failed, whatever it was waiting for: nothing of the environment has to change.
		return exit.Coded{Err: fmt.Errorf("stopped before it was done; run the command again, it goes on where this one stopped (%w)", err), Code: exit.CodeFailed}
	case errors.Is(err, syscall.ENOSPC), localDiskFull(s):
		return exit.Environment(fmt.Errorf("no space left on the disk of the data folder %s: make room there, or choose another folder with --data, and run the command again (%w)", s.Data, err))
	case warehouse.DiskFull(err):
		return exit.Environment(fmt.Errorf("no space left on the disk of ClickHouse: make room there and run the command again (%w)", err))
	}
	if remedy, lasts := kafka.Lasting(err); lasts {
		return exit.Environment(fmt.Errorf("%w; %s", err, remedy))
	}
	if unreachable(err) {
		return exit.Environment(err)
	}
	return err
}

// localDiskFull tells that the embedded engines have no room to write.
func localDiskFull(s *settings.Settings) bool {
	embedded := s.ClickHouseAddr == "" || len(s.KafkaBrokers) == 0
	var disk unix.Statfs_t
	return embedded && unix.Statfs(s.Data, &disk) == nil && disk.Bavail*uint64(disk.Bsize) < fullDisk
}

// unreachable tells that a server could not be connected to.
func unreachable(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}
