package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

func TestLockTellsWhoHoldsTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	began := time.Now()
	other, _ := startVictim(t, "lock", dir)
	held := time.Now()
	_, err := LockData(dir, testLog(t))
	var inUse *ErrDataInUse
	if !errors.As(err, &inUse) {
		t.Fatalf("the error is %v, want ErrDataInUse", err)
	}
	if inUse.PID != other.Process.Pid || inUse.Started.Before(began) || inUse.Started.After(held) {
		t.Errorf("the holder is told as process %d since %s", inUse.PID, inUse.Started)
	}
	for _, want := range []string{strconv.Itoa(inUse.PID), dir, "--data"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message does not say %s: %v", want, err)
		}
	}
	killHard(t, other)
	lock, err := LockData(dir, testLog(t))
	if err != nil {
		t.Fatalf("after the kill of its holder: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := LockData(dir, testLog(t))
	if err != nil {
		t.Fatalf("after an unlock: %v", err)
	}
	_ = again.Unlock()
}

func TestLockClosesTheFolderToOthers(t *testing.T) {
	core, logged := observer.New(zap.WarnLevel)
	for name, test := range map[string]struct {
		before os.FileMode // 0: not there
		warns  int
	}{
		"new": {0, 0}, "private": {0o700, 0}, "open": {0o755, 1},
	} {
		t.Run(name, func(t *testing.T) {
			logged.TakeAll()
			dir := filepath.Join(t.TempDir(), "data")
			if test.before != 0 {
				if err := os.Mkdir(dir, test.before); err != nil {
					t.Fatal(err)
				}
			}
			lock, err := LockData(dir, zap.New(core))
			if err != nil {
				t.Fatal(err)
			}
			defer lock.Unlock()
			info, err := os.Stat(dir)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o700 || logged.Len() != test.warns {
				t.Errorf("mode %s with %d warnings, want 0700 with %d", info.Mode().Perm(), logged.Len(), test.warns)
			}
		})
	}
}

func TestLockNeedsAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), "/proc/data"} {
		if _, err := LockData(dir, testLog(t)); err == nil || !strings.Contains(err.Error(), "--data") {
			t.Errorf("%s: the error is %v, want one that names --data", dir, err)
		}
	}
}
