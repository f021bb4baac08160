package sharing

import (
	"fmt"
	"net"

	"golang.org/x/sys/unix"
)

// owned is errStranger unless a process of that user is at the other end, by what the kernel says.
func owned(conn net.Conn, uid int) error {
	raw, err := conn.(*net.UnixConn).SyscallConn()
	if err != nil {
		return err
	}
	var who *unix.Ucred
	var asked error
	if err := raw.Control(func(fd uintptr) { who, asked = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED) }); err != nil {
		return err
	}
	if asked != nil {
		return fmt.Errorf("asking who is at the other end: %w", asked)
	}
	if int(who.Uid) != uid {
		return errStranger
	}
	return nil
}
