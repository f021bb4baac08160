package backup

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the test starts.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

// TestBackupsThatFail: a server does not go on with a backup that nobody waits for, and removes what it wrote. It writes
// over no other, and says so in a line.
func TestBackupsThatFail(t *testing.T) {
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	server, err := embedded.StartClickHouse(t.Context(), embedded.Options{Dir: data, LibPath: tools.LibCHDB, MaxMemory: 1 << 30, Log: zaptest.NewLogger(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	db, err := warehouse.Open(t.Context(), warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, statement := range []string{
		"CREATE DATABASE raw",
		"CREATE TABLE raw.many_files (n UInt64, text String) ENGINE = MergeTree PARTITION BY n ORDER BY n",
		"INSERT INTO raw.many_files SELECT number, randomString(10000) FROM numbers(100)",
	} {
		if err := db.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}

	// So slow that it does not end by itself while the test looks.
	slow := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_backup_bandwidth": 10_000}))
	ctx, cancel := context.WithCancel(slow)
	ended := make(chan error)
	go func() {
		_, err := Save(ctx, db, Place{Disk: embedded.BackupDisk, Name: "stopped"})
		ended <- err
	}()
	eventually(t, db, "CREATING_BACKUP")
	cancel()
	if err := <-ended; err == nil || ctx.Err() == nil {
		t.Errorf("the stopped backup ends with %v", err)
	}
	eventually(t, db, "BACKUP_CANCELLED")
	if left, err := os.ReadDir(filepath.Join(embedded.BackupDir(data), "stopped")); len(left) > 0 {
		t.Errorf("on the disk is left %v, %v", left, err)
	}

	place := Place{Disk: embedded.BackupDisk, Name: "twice"}
	if _, err := Save(t.Context(), db, place); err != nil {
		t.Fatal(err)
	}
	if _, err := Save(t.Context(), db, place); err == nil || !strings.Contains(err.Error(), "already exists") || strings.Contains(err.Error(), "Stack trace") {
		t.Errorf("over another backup it ends with %v", err)
	}
}

// eventually waits for the one backup of the server to be in a state, with something written.
func eventually(t *testing.T, db *warehouse.DB, want string) {
	t.Helper()
	var got string
	for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if err := db.QueryRow(t.Context(), "SELECT max(toString(status)) FROM system.backups WHERE num_files > 0").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got == want {
			return
		}
	}
	t.Fatalf("the backup is %q, want %q", got, want)
}
