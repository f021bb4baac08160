package embedded

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What a file may be used for.
const (
	everything = unix.LANDLOCK_ACCESS_FS_TRUNCATE<<1 - 1 // all that version 3 of Landlock knows
	reading    = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
)

// landlockVersion is the least that lets a file be truncated and move between folders where it may be written.
const landlockVersion = 3

// confine takes from this thread, and those that it starts, every file but those that ClickHouse needs: its functions file
// and the like read what the process may read, whatever a user was granted. Where the system cannot do that, see confines, nothing is done.
func confine(home string) error {
	if !confines() {
		return nil
	}
	rules := unix.LandlockRulesetAttr{Handled_access_fs: everything}
	set, _, no := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0) //nolint:gosec // the system call takes a pointer; there is no function for it
	if no != 0 {
		return fmt.Errorf("confining ClickHouse to its folder: %w", no)
	}
	defer unix.Close(int(set))
	if err := allow(int(set), home, everything); err != nil {
		return fmt.Errorf("confining ClickHouse to its folder: %w", err)
	}
	// What the machine has in memory and processors, and what the process itself uses of it.
	for _, path := range []string{"/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/loadavg", "/proc/uptime", "/proc/sys", "/sys", os.DevNull, "/dev/urandom"} {
		if err := allow(int(set), path, reading); err != nil {
			return fmt.Errorf("confining ClickHouse to its folder: %s: %w", path, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("confining ClickHouse to its folder: %w", err)
	}
	if _, _, no := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, set, 0, 0); no != 0 {
		return fmt.Errorf("confining ClickHouse to its folder: %w", no)
	}
	return nil
}

// allow adds what is at path, and below it, to what may be used. What is not there needs no rule.
func allow(set int, path string, access uint64) error {
	at, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.ENOENT) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unix.Close(at)
	var what unix.Stat_t
	if err := unix.Fstat(at, &what); err != nil {
		return err
	}
	if what.Mode&unix.S_IFMT != unix.S_IFDIR {
		access &= unix.LANDLOCK_ACCESS_FS_READ_FILE // a file has no entries
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(at)}
	if _, _, no := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(set), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0); no != 0 { //nolint:gosec // as above
		return no
	}
	return nil
}

// confines tells whether this system can keep the embedded ClickHouse from files outside its folder.
func confines() bool {
	version, _, no := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	return no == 0 && version >= landlockVersion
}
