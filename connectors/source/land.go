package source

import (
	"fmt"
	"io"
	"os"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
)

// land writes a file under a hidden name, makes sure that the disk has it, and
// only then gives it its own name: a file of that name is whole. A page that is
// no page does not land.
func land(root *os.Root, name string, body io.Reader) error {
	hidden := ".part-" + name
	if err := write(root, hidden, body); err != nil {
		return err
	}
	if name != manifest.Name {
		if err := checkPage(root, hidden); err != nil {
			return err
		}
	}
	if err := root.Rename(hidden, name); err != nil {
		return fmt.Errorf("give a page its name: %w", err)
	}
	return syncFolder(root)
}

func write(root *os.Root, name string, body io.Reader) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write a file; is the landing folder writable: %w", err)
	}
	if _, err = io.Copy(f, body); err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	return nil
}

func checkPage(root *os.Root, name string) error {
	f, err := landing.Open(root, name)
	if err != nil {
		return fmt.Errorf("read a page back: %w", err)
	}
	defer f.Close()
	if _, err := decode.ReadPage(f); err != nil {
		return fmt.Errorf("the answer is not as the interface says: %w", err)
	}
	return nil
}

func syncFolder(root *os.Root) error {
	dir, err := root.Open(".")
	if err != nil {
		return fmt.Errorf("open the folder of the extract: %w", err)
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("make sure of the folder of the extract: %w", err)
	}
	return nil
}
