// Package landing opens what others lay down: files and folders of a landing
// folder, and files that settings name. A name may stand for anything, a named
// pipe, a device or a link, and for something else a moment later. So nothing
// is looked at before it is opened: it is opened without waiting for anybody,
// and then the open file tells what it is.
package landing

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// noWait opens a named pipe without a writer, or a terminal, and does not become its reader or its owner.
const noWait = os.O_RDONLY | syscall.O_NONBLOCK | syscall.O_NOCTTY

// Open opens a plain file below root; fs.ErrNotExist for anything else of that
// name, a link out of the folder included.
func Open(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, noWait, 0)
	// A socket cannot be opened: no such device or address.
	if Outside(err) || errors.Is(err, syscall.ENXIO) || errors.Is(err, syscall.ENODEV) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	return plain(f)
}

// plain hands on an open file if it is a plain one.
func plain(f *os.File) (*os.File, error) {
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Outside tells that a name does not lead to anything within its root: it is
// not there, a link leads elsewhere or in a circle, or the path goes through
// something that is not a folder.
func Outside(err error) bool {
	if err == nil {
		return false
	}
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ELOOP) ||
		// os.Root does not export its error for a path that escapes.
		strings.Contains(err.Error(), "path escapes from parent")
}

// Read reads a plain file below root, no more than most bytes and one.
func Read(root *os.Root, name string, most int64) ([]byte, error) {
	f, err := Open(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// settingLimit is how long a file may be that a setting names: keys, certificates and lists of hosts.
const settingLimit = 8 << 20

// ReadSetting reads a file that a setting names. Links are followed.
func ReadSetting(path string) ([]byte, error) {
	f, err := os.OpenFile(path, noWait, 0)
	if err != nil {
		return nil, err
	}
	if f, err = plain(f); err != nil {
		return nil, fmt.Errorf("%s is not a plain file", path)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, settingLimit+1))
	if err == nil && len(data) > settingLimit {
		return nil, fmt.Errorf("%s is longer than %d bytes: is it the right file", path, settingLimit)
	}
	return data, err
}
