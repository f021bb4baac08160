package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// copies is a hidden folder beside the deliveries of a supplier with an empty
// file for each that Pull or Fetch laid down, by the name of its folder: a copy
// of ours, which the supplier keeps too. A folder that is not in it is the
// supplier's own, and not ours to change.
const copies = ".copied"

// markCopy says that a folder below that of a supplier is a copy of ours.
func markCopy(supplier *os.Root, folder string) error {
	if err := supplier.MkdirAll(copies, 0o700); err != nil {
		return fmt.Errorf("note that a folder is a copy: %w", err)
	}
	if err := supplier.WriteFile(path.Join(copies, folder), nil, 0o600); err != nil {
		return fmt.Errorf("note that a folder is a copy: %w", err)
	}
	return nil
}

// Copied tells whether a folder below that of a supplier is a copy of ours.
func Copied(supplier *os.Root, folder string) (bool, error) {
	_, err := supplier.Lstat(path.Join(copies, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// keepMark gives a folder that gets another name its mark, if it had one.
func keepMark(supplier *os.Root, from, to string) error {
	copied, err := Copied(supplier, from)
	if err != nil || !copied {
		return err
	}
	return markCopy(supplier, to)
}
