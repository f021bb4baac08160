package connectors

import (
	"errors"
	"syscall"
)

// notADirectory tells that a path goes through something that is no folder, or
// through links in a circle.
func notADirectory(err error) bool {
	return errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ELOOP)
}
