package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.uber.org/zap"
)

// ErrDataInUse says that another command holds the data folder.
type ErrDataInUse struct {
	Dir     string
	PID     int       // 0 if the other command did not get to write it
	Started time.Time // zero if unknown
	Door    string    // where the other command lets others read, empty if it does not
}

func (e *ErrDataInUse) Error() string {
	who := "another doorstroom command"
	if e.PID != 0 {
		who = fmt.Sprintf("another doorstroom command (process %d, started %s)", e.PID, e.Started.Format(time.DateTime))
	}
	return fmt.Sprintf("the data folder %s is in use by %s: wait until it is done, or give this one a folder of its own with --data", e.Dir, who)
}

// Lock is the hold of one command on a data folder.
type Lock struct {
	file  *os.File
	owner lockOwner
}

type lockOwner struct {
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
	Door    string    `json:"door,omitempty"`
}

// LockData makes the data folder if need be, closes it to other users of the machine and takes hold of it.
// If another command holds it, the error is an *ErrDataInUse. The hold ends with Unlock or with the process.
// A folder in which a restore was broken off is not a data folder.
func LockData(dir string, log *zap.Logger) (*Lock, error) {
	lock, err := hold(dir, log)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, restoringMark)); err == nil {
		_ = lock.Unlock()
		return nil, fmt.Errorf("a restore into the data folder %s was broken off: run 'doorstroom restore' again, or remove the folder", dir)
	}
	return lock, nil
}

func hold(dir string, log *zap.Logger) (*Lock, error) {
	if err := CloseData(dir, log); err != nil {
		return nil, err
	}
	file, err := lockFile(filepath.Join(dir, "lock"), 0)
	if errors.Is(err, errLocked) {
		return nil, inUse(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be used, make it writable or choose another with --data: %w", dir, err)
	}
	lock := &Lock{file: file, owner: lockOwner{PID: os.Getpid(), Started: time.Now()}}
	if err := lock.write(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return lock, nil
}

// Tell writes down where this command lets others read, for ErrDataInUse.
func (l *Lock) Tell(door string) error {
	l.owner.Door = door
	return l.write()
}

func (l *Lock) write() error {
	owner, err := json.Marshal(l.owner)
	if err == nil {
		err = rewrite(l.file, owner)
	}
	if err != nil {
		return fmt.Errorf("writing the lock of the data folder: %w", err)
	}
	return nil
}

// Unlock lets the folder go.
func (l *Lock) Unlock() error { return l.file.Close() }

func inUse(dir string) error {
	var owner lockOwner
	if content, err := os.ReadFile(filepath.Join(dir, "lock")); err == nil {
		_ = json.Unmarshal(content, &owner) // an unreadable owner leaves the message without a name
	}
	return &ErrDataInUse{Dir: dir, PID: owner.PID, Started: owner.Started, Door: owner.Door}
}

func rewrite(file *os.File, content []byte) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := file.Write(append(content, '\n'))
	return err
}

var errLocked = errors.New("locked by another process")

// lockFile opens path and locks it against other processes, trying again until wait has passed.
func lockFile(path string, wait time.Duration) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(wait); ; time.Sleep(50 * time.Millisecond) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) || time.Now().After(deadline) {
			_ = file.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				err = errLocked
			}
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
	}
}
