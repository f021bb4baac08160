package warehouse

import "syscall"

// userTimeout is TCP_USER_TIMEOUT of linux/tcp.h, which package syscall lacks.
const userTimeout = 0x12

// endUnacked has the system give up a connection whose other end acknowledges nothing for 15 seconds, instead of a
// quarter of an hour. docs/faults.md has what runs lost by such connections.
func endUnacked(_, _ string, c syscall.RawConn) error {
	var err error
	if control := c.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, userTimeout, 15_000) }); control != nil {
		return control
	}
	return err
}
