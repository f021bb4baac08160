package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.uber.org/zap"
	"golang.org/x/sys/unix"
)

// restoringMark is the file that says of a data folder that what is in it is not whole yet.
const restoringMark = "restoring"

// Restore is a data folder that is being filled from a backup. Until Finish no other command takes it for a data folder,
// and after a kill the next Restore starts again.
type Restore struct {
	dir  string
	lock *Lock
}

// BeginRestore takes hold of a data folder that is new, empty, or what a restore that was broken off left.
func BeginRestore(dir string, log *zap.Logger) (*Restore, error) {
	lock, err := hold(dir, log)
	if err != nil {
		return nil, err
	}
	r := &Restore{dir: dir, lock: lock}
	if err := r.begin(); err != nil {
		_ = lock.Unlock()
		return nil, err
	}
	return r, nil
}

func (r *Restore) begin() error {
	if _, err := os.Stat(r.mark()); err == nil {
		if err := r.clear(); err != nil {
			return fmt.Errorf("taking away what a restore that was broken off left: %w", err)
		}
	}
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return fmt.Errorf("looking at the data folder: %w", err)
	}
	for _, entry := range entries {
		if name := entry.Name(); name != "lock" && name != restoringMark {
			return fmt.Errorf("the data folder %s is in use (it holds %s), and a restore writes over nothing: name a new folder with --data", r.dir, name)
		}
	}
	mark, err := os.OpenFile(r.mark(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("marking the data folder as not whole: %w", err)
	}
	if err := errors.Join(mark.Sync(), mark.Close()); err != nil {
		return fmt.Errorf("marking the data folder as not whole: %w", err)
	}
	return syncFolder(r.dir)
}

func (r *Restore) mark() string { return filepath.Join(r.dir, restoringMark) }

// clear takes away what a restore made.
func (r *Restore) clear() (err error) {
	for _, name := range []string{"clickhouse", "kafka", "registry"} {
		err = errors.Join(err, os.RemoveAll(filepath.Join(r.dir, name)))
	}
	return err
}

// Finish makes the folder a data folder, when all of it is on the disk, and lets it go.
func (r *Restore) Finish() error {
	if err := syncDisk(r.dir); err != nil {
		return err
	}
	if err := os.Remove(r.mark()); err != nil {
		return fmt.Errorf("marking the data folder as whole: %w", err)
	}
	return errors.Join(syncFolder(r.dir), r.lock.Unlock())
}

// Abandon leaves the folder as empty as it was found, and lets it go.
func (r *Restore) Abandon() error {
	err := r.clear()
	if err == nil {
		err = os.Remove(r.mark())
	}
	if err = errors.Join(err, r.lock.Unlock()); err != nil {
		return fmt.Errorf("taking away what was restored: %w", err)
	}
	return nil
}

// syncDisk waits until everything that was written to the disk of a folder is there; ClickHouse does not.
func syncDisk(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("writing the data folder: %w", err)
	}
	defer d.Close()
	if err := unix.Syncfs(int(d.Fd())); err != nil {
		return fmt.Errorf("writing the data folder: %w", err)
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("writing the data folder: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("writing the data folder: %w", err)
	}
	return nil
}
