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

// NamesLimit is how many names a folder may have. A folder of deliveries has one per delivery.
const NamesLimit = 1_000_000

// OpenRoot opens a folder. A path that ends in a dot leads through the folder, so what is none is not even opened.
func OpenRoot(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir + "/.")
	return root, named(err, dir)
}

// Below opens a folder below root.
func Below(root *os.Root, name string) (*os.Root, error) {
	below, err := root.OpenRoot(name + "/.")
	return below, named(err, name)
}

// named gives an error of a path the name that its user knows.
func named(err error, name string) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return &fs.PathError{Op: "open", Path: name, Err: at.Err}
	}
	return err
}

// Names lists what is in a folder below root, hidden names left out, in no order.
func Names(root *os.Root, name string) ([]string, error) {
	dir, err := root.OpenFile(name, noWait|syscall.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	var names []string
	for {
		some, err := dir.Readdirnames(1024)
		for _, n := range some {
			if !strings.HasPrefix(n, ".") {
				names = append(names, n)
			}
		}
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		if len(names) > NamesLimit {
			return nil, fmt.Errorf("the folder has more than %d names; move old deliveries away", NamesLimit)
		}
	}
}

// FS gives what is below root to functions that walk it.
func FS(root *os.Root) fs.FS { return tree{root} }

type tree struct{ root *os.Root }

// Open implements fs.FS.
func (t tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := t.root.OpenFile(name, noWait, 0)
	if err != nil {
		return nil, err // not f: a nil file is not a nil fs.File
	}
	return f, nil
}
