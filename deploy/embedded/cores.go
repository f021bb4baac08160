package embedded

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// NoCores keeps this process and those that it starts from leaving their memory, in which persons are, in a file or with
// a program of the system when they crash, and other programs of its user from reading it while it runs.
func NoCores() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("forbidding core files: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("forbidding core dumps: %w", err)
	}
	return nil
}
