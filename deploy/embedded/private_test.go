package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNothingPlantedIsBelieved puts things into a folder as others could before the first command, or beside it.
func TestNothingPlantedIsBelieved(t *testing.T) {
	elsewhere := t.TempDir()
	for name, test := range map[string]struct {
		open  os.FileMode // of the data folder
		plant func(dir string) error
		want  string // of the error; empty is none
	}{
		"nothing":                     {0o700, func(string) error { return nil }, ""},
		"an empty open folder":        {0o777, func(string) error { return nil }, ""},
		"what a command left":         {0o700, file("clickhouse/users.xml", 0o600), ""},
		"a folder others may read":    {0o755, file("clickhouse/users.xml", 0o644), ""},
		"a password in an open one":   {0o777, file("clickhouse/password", 0o600), "could write"},
		"users in an open one":        {0o777, file("kafka/sasl.json", 0o600), "could write"},
		"an old group":                {0o770, file("kafka/sasl.json", 0o600), "could write"},
		"a file others may write":     {0o755, file("registry/registrations.jsonl", 0o666), "registrations.jsonl"},
		"a link in place of a file":   {0o700, link(elsewhere, "lock"), "link"},
		"a link in place of a folder": {0o700, link(elsewhere, "clickhouse"), "link"},
		"a link below":                {0o700, link(elsewhere, "clickhouse/store"), "link"},
		"a pipe":                      {0o700, func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "restoring"), 0o600) }, "neither"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := test.plant(dir); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, test.open); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second try must not believe what the first did not
				lock, err := LockData(dir, testLog(t))
				if err == nil {
					_ = lock.Unlock()
				}
				if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "--data")) {
					t.Errorf("the error is %v, want %q", err, test.want)
				}
			}
		})
	}
}

// file plants one, with the folders that it needs.
func file(name string, mode os.FileMode) func(dir string) error {
	return func(dir string) error {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte("planted"), 0o600); err != nil {
			return err
		}
		return os.Chmod(path, mode)
	}
}

// link plants one.
func link(to, name string) func(dir string) error {
	return func(dir string) error {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		return os.Symlink(to, path)
	}
}

// TestOwners: what belongs to another user than that of the process or root is not believed.
func TestOwners(t *testing.T) {
	for uid, want := range map[int]bool{os.Geteuid(): true, 0: true, os.Geteuid() + 4711: false} {
		info := owned{uid: uint32(uid)}
		if got := ours(info); got != want {
			t.Errorf("of user %d: ours is %t, want %t", uid, got, want)
		}
		if got := foreign(info, false) == ""; got != want {
			t.Errorf("of user %d: believed is %t, want %t", uid, got, want)
		}
	}
}

// owned is a file of any user, which only root could make.
type owned struct {
	os.FileInfo
	uid uint32
}

func (o owned) Sys() any          { return &syscall.Stat_t{Uid: o.uid} }
func (o owned) Mode() os.FileMode { return 0o600 }
