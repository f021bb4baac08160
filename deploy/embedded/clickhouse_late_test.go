package embedded

import (
	"os"
	"path/filepath"
	"testing"
	"time"
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
	go func() {
		for { // the next server's parent is at it when it has written its configuration
			if _, err := os.Stat(filepath.Join(home, "config.xml")); err == nil || t.Context().Err() != nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		told := "Listening for http://127.0.0.1:1\nListening for native protocol (tcp): 127.0.0.1:2\n"
		if err := os.WriteFile(logPath(home), []byte(told), 0o600); err != nil {
			t.Error(err)
		}
		time.Sleep(500 * time.Millisecond) // in which the ports would be believed
		if err := earlier.Close(); err != nil {
			t.Error(err)
		}
	}()
	c := startClickHouse(t, dir)
	mustExec(t, connect(t, c.NativeAddr(), c.User(), c.Password()), "SELECT 1")
}
