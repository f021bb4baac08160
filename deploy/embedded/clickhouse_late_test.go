package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestPortsOfAnEarlierServerAreNotBelieved: a server whose parent was killed while it started still has the data folder,
// and only now tells its ports in the log that the next one reads.
func TestPortsOfAnEarlierServerAreNotBelieved(t *testing.T) {
	dir := t.TempDir()
	home := filepath.Join(dir, "clickhouse")
	if err := os.MkdirAll(filepath.Join(home, "log"), 0o700); err != nil {
		t.Fatal(err)
	}
	earlier, err := lockFile(filepath.Join(home, "lock"), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	looks := watchReads(t, filepath.Join(home, "log"))
	told := make(chan struct{})
	go func() {
		defer close(told)
		defer earlier.Close()
		// The next server's parent looks at the console of its child in every turn of its waiting.
		looks.wait(t, "console.log", 1)
		ports := "Listening for http://127.0.0.1:1\nListening for native protocol (tcp): 127.0.0.1:2\n"
		if err := os.WriteFile(logPath(home), []byte(ports), 0o600); err != nil {
			t.Error(err)
		}
		// One turn may have begun before the ports were there; in the next one they would be believed.
		looks.wait(t, "console.log", 3)
	}()
	c := startClickHouse(t, dir)
	<-told
	mustExec(t, connect(t, c.NativeAddr(), c.User(), c.Password()), "SELECT 1")
}

// TestAStartThatIsStopped says so, and not that the server was slow.
func TestAStartThatIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := StartClickHouse(ctx, testOptions(t, t.TempDir()))
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "was stopped before it was up") || strings.Contains(err.Error(), "in time") {
		t.Errorf("%v", err)
	}
}

// reads tells of every file of a folder that somebody read.
type reads struct{ events *os.File }

func watchReads(t *testing.T, dir string) reads {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		t.Fatal(err)
	}
	events := os.NewFile(uintptr(fd), "inotify")
	t.Cleanup(func() { events.Close() })
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_CLOSE_NOWRITE); err != nil {
		t.Fatal(err)
	}
	if err := events.SetReadDeadline(time.Now().Add(10 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	return reads{events}
}

// wait returns when a file was read so many times more.
func (r reads) wait(t *testing.T, name string, times int) {
	buffer := make([]byte, 4096)
	for times > 0 {
		n, err := r.events.Read(buffer)
		if err != nil {
			t.Errorf("%s was not read %d times more: %v", name, times, err)
			return
		}
		for event := buffer[:n]; len(event) > 0; {
			end := unix.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(event[12:])) // the length of the name
			if strings.TrimRight(string(event[unix.SizeofInotifyEvent:end]), "\x00") == name {
				times--
			}
			event = event[end:]
		}
	}
}
