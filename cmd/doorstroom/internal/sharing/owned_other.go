//go:build !linux

package sharing

import (
	"errors"
	"net"
)

// owned lets nobody in: who is at the other end is not asked here.
func owned(net.Conn, int) error {
	return errors.New("on this system commands cannot read beside one another")
}
