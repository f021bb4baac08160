package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"go.uber.org/zap"
)

// groupOrOthers are the rights of everybody but the owner; theirToWrite those among them to put something there.
const groupOrOthers, theirToWrite fs.FileMode = 0o077, 0o022

// CloseData makes the data folder if need be, and closes it to other users of the machine. What the program finds in it, it
// believes: tables, messages, the project that dbt runs. So it refuses a folder in which somebody else may have put
// something, and one with something of somebody else in it.
func CloseData(dir string, log *zap.Logger) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the data folder, choose another with --data: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("looking at the data folder: %w", err)
	}
	named, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("looking at the data folder: %w", err)
	}
	was := info.Mode().Perm()
	switch {
	case !info.IsDir():
		return fmt.Errorf("the data folder %s is not a folder: choose another with --data", dir)
	case !ours(info), !ours(named): // the folder, or a link to it
		return fmt.Errorf("the data folder %s belongs to another user (%s): choose another with --data", dir, was)
	case was&groupOrOthers != 0:
		if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder: nobody but its owner gets in, before it is looked into
			return fmt.Errorf("closing the data folder to other users, choose another with --data: %w", err)
		}
	}
	if err := refuseForeign(dir, was); err != nil {
		return errors.Join(err, os.Chmod(dir, was)) // it is as dubious as before to whoever looks next
	}
	if was&groupOrOthers != 0 {
		log.Warn("the data folder was open to other users of this machine; it is closed now", zap.String("dir", dir), zap.Stringer("was", was))
	}
	return nil
}

// trustedDepth is how far down others are looked for: what is below a folder that was always closed to them, they cannot reach.
const trustedDepth = 2

// merged are the folders from which ClickHouse takes users and settings beside its configuration: in them everything is looked at.
var merged = map[string]bool{"users.d": true, "config.d": true, "conf.d": true}

// refuseForeign fails on what somebody else put into a folder that was open as was says, or may have put there.
func refuseForeign(dir string, was fs.FileMode) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("looking through the data folder: %w", err)
		}
		if path == dir {
			return nil
		}
		if was&theirToWrite != 0 {
			return fmt.Errorf("other users could write to the data folder %s (%s), and it is not empty: choose another with --data, or, if all in it is yours, close it with 'chmod 700' and try again", dir, was)
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone by now
		}
		if err != nil {
			return fmt.Errorf("looking through the data folder: %w", err)
		}
		below, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		parts := strings.Split(below, string(filepath.Separator))
		trusted := len(parts) < trustedDepth || !merged[parts[trustedDepth-1]]
		if reason := foreign(info, was&groupOrOthers != 0 || !trusted); reason != "" {
			return fmt.Errorf("%q in the data folder %s: choose another with --data, or take it away if you know what it is", path, reason)
		}
		if entry.IsDir() && len(parts) == trustedDepth && trusted {
			return fs.SkipDir
		}
		return nil
	})
}

// foreign says why something in the data folder is not to be believed, empty if it is. In a folder that others could enter
// they could write to what was open to them.
func foreign(info fs.FileInfo, entered bool) string {
	switch {
	case !ours(info):
		return "belongs to another user"
	case info.Mode()&fs.ModeSymlink != 0:
		return "is a link to elsewhere"
	case !info.Mode().IsRegular() && !info.IsDir():
		return "is neither a file nor a folder"
	case entered && info.Mode().Perm()&theirToWrite != 0:
		return "may be written by others"
	}
	return ""
}

// ours tells whether something belongs to the user of this process, or to root, who may do anything anyway.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && (int(stat.Uid) == os.Geteuid() || stat.Uid == 0)
}
