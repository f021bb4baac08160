package landing_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"doorstroom/connectors/landing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// strange lays down everything that is not a plain file, by name.
func strange(t *testing.T, dir string) []string {
	t.Helper()
	must(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	must(t, err)
	t.Cleanup(func() { l.Close() })
	outside := filepath.Join(t.TempDir(), "outside")
	must(t, os.WriteFile(outside, []byte("x"), 0o600))
	for name, target := range map[string]string{
		"to-outside": outside, "to-device": "/dev/zero", "to-proc": "/proc/self/environ", "to-above": "../../../../etc/hostname",
		"to-pipe": "pipe", "to-itself": "to-itself", "to-nothing": "nothing", "to-terminal": "/dev/tty",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	return []string{"folder", "pipe", "socket", "to-outside", "to-device", "to-proc", "to-above", "to-pipe", "to-itself", "to-nothing", "to-terminal", "nothing", "plain/below", "../up"}
}

// TestOpenTakesPlainFilesOnly: anything else of a name counts as not there, and nothing is waited for.
func TestOpenTakesPlainFilesOnly(t *testing.T) {
	dir, err := os.MkdirTemp("", "l") // the path of a socket is short
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	must(t, os.WriteFile(filepath.Join(dir, "plain"), []byte("plain"), 0o600))
	must(t, os.Symlink("plain", filepath.Join(dir, "to-plain")))
	names := strange(t, dir)
	root, err := landing.OpenRoot(dir)
	must(t, err)
	t.Cleanup(func() { root.Close() })
	for _, name := range names {
		if f, err := landing.Open(root, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v, %v", name, f, err)
		}
		if _, err := landing.Below(root, name); name != "folder" && err == nil {
			t.Errorf("%s is a folder", name)
		}
		if _, err := landing.Names(root, name); name != "folder" && err == nil {
			t.Errorf("the names in %s can be listed", name)
		}
	}
	for _, name := range []string{"plain", "to-plain"} {
		if data, err := landing.Read(root, name, 3); err != nil || string(data) != "plai" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if _, err := landing.OpenRoot(filepath.Join(dir, "pipe")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a pipe for a landing folder: %v", err)
	}
}

// TestOpenWhileNamesAreSwapped: a name that is a file when it is looked at and a pipe when it is opened, a folder or a
// file, holds nobody up. Without a bound on this, the test never ends.
func TestOpenWhileNamesAreSwapped(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, os.WriteFile(at("file"), []byte("x"), 0o600))
	must(t, os.Mkdir(at("folder"), 0o700))
	must(t, syscall.Mkfifo(at("pipe"), 0o600))
	root, err := landing.OpenRoot(dir)
	must(t, err)
	t.Cleanup(func() { root.Close() })
	done := make(chan struct{})
	swapped := make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				swapped <- nil
				return
			default:
			}
			if err := os.Link(at([]string{"file", "pipe"}[i%2]), at("next")); err != nil {
				swapped <- err
				return
			}
			if err := os.Rename(at("next"), at("name")); err != nil {
				swapped <- err
				return
			}
			// Renaming one link over another of the same file does nothing.
			_ = os.Remove(at("next"))
		}
	}()
	opened := 0
	for range 20_000 {
		f, err := landing.Open(root, "name")
		if err == nil {
			opened++
			f.Close()
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if _, err := landing.Below(root, "name"); err == nil {
			t.Fatal("a file is a folder")
		}
		if _, err := landing.OpenRoot(at("name")); err == nil {
			t.Fatal("a file is a folder")
		}
	}
	close(done)
	must(t, <-swapped)
	t.Logf("opened %d of 20000", opened)
}

// TestWalkDoesNotWait: a tree in which a pipe took the place of a folder.
func TestWalkDoesNotWait(t *testing.T) {
	dir := t.TempDir()
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	root, err := landing.OpenRoot(dir)
	must(t, err)
	t.Cleanup(func() { root.Close() })
	if _, err := fs.ReadDir(landing.FS(root), "pipe"); err == nil {
		t.Error("a pipe was listed")
	}
}

// TestReadSetting: a key or a list of authorities is a plain file of a fit length.
func TestReadSetting(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "key"), []byte("key"), 0o600))
	must(t, os.Symlink("key", filepath.Join(dir, "link")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	for _, name := range []string{"key", "link"} {
		if data, err := landing.ReadSetting(filepath.Join(dir, name)); err != nil || string(data) != "key" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "vast"), nil, 0o600))
	must(t, os.Truncate(filepath.Join(dir, "vast"), 1<<40))
	for _, path := range []string{filepath.Join(dir, "pipe"), filepath.Join(dir, "vast"), "/dev/zero", dir, filepath.Join(dir, "nothing")} {
		if _, err := landing.ReadSetting(path); err == nil {
			t.Errorf("%s was read", path)
		}
	}
}
