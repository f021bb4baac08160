package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/backups"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/backup"
	"doorstroom/schemas/migrations"
)

// TestBackupOfAServer lets a server that is not the command's own write its backup to its disk, loses the warehouse
// there, and brings it back.
func TestBackupOfAServer(t *testing.T) {
	t.Parallel()
	u, db := newUser(t).onServer()
	landing := filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "few", mode: "mutation", files: []dataFile{mutations(1, 30)}}.write(t, landing)
	u.loads(landing)
	u.builds(laterDay)
	want, out := u.run("editions").exits(0).out, filepath.Join(t.TempDir(), "backup")

	u.run("backup", "--out", out).exits(exit.CodeUsage).says("--disk")
	u.run("backup", "--out", out, "--disk", "backups", "--recipient", "age1").exits(exit.CodeUsage).says("--recipient")
	u.run("backup", "--out", out, "--disk", "nowhere").exits(1).says("nowhere")
	u.run("backup", "--out", out, "--disk", "backups").exits(0)
	newUser(t).run("restore", "--from", out).exits(1).says("DOORSTROOM_CLICKHOUSE_ADDR")

	r := u.with()
	r.data = filepath.Join(t.TempDir(), "data")
	e := r.run("restore", "--from", out).exits(1).says("in use", "DROP DATABASE ops")
	assertUnused(t, r)
	_, statements, _ := strings.Cut(e.err, "(DROP")
	statements, _, _ = strings.Cut(statements, ")")
	for statement := range strings.SplitSeq("DROP"+statements, "; ") {
		if err := db.Exec(t.Context(), statement+" SYNC"); err != nil {
			t.Fatal(err)
		}
	}
	r.run("restore", "--from", out).exits(0)
	if got := r.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
	if again := r.run("run", "--landing", landing, "--only", "load").exits(0); !strings.Contains(again.out, "0 new") {
		t.Errorf("the restored warehouse does not know its delivery:\n%s", again.out)
	}
}

// TestBackupOfAnOlderProgram restores a warehouse whose tables lack the last migration.
func TestBackupOfAnOlderProgram(t *testing.T) {
	t.Parallel()
	u, out := smallWarehouse(t), filepath.Join(t.TempDir(), "backup")
	newest, err := backup.NewestSchema()
	if err != nil {
		t.Fatal(err)
	}
	want := u.run("editions").exits(0).out
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		_, down, _ := strings.Cut(migrationText(t, newest), "-- +goose Down")
		for statement := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(down), ";"), ";\n\n") {
			if err := e.Warehouse.Exec(ctx, statement); err != nil {
				return err
			}
		}
		if err := e.Warehouse.Exec(ctx, "ALTER TABLE ops.schema_version DELETE WHERE version_id = ? SETTINGS mutations_sync = 2", newest); err != nil {
			return err
		}
		j := &backups.Job{Settings: &settings.Settings{Data: u.data}, Log: zap.NewNop(), Progress: terminal.NewProgress(io.Discard)}
		_, err := j.Write(ctx, e, out, "", nil)
		return err
	})
	r := newUser(t)
	r.run("restore", "--from", out).exits(0)
	if got := r.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
	for query, want := range map[string]string{
		"SELECT toString(max(version_id)) FROM ops.schema_version": strconv.FormatInt(newest, 10),
		"SELECT count() FROM raw.coa_stay":                         "30",
	} {
		if got := r.value(query); got != want {
			t.Errorf("%s gives %s, want %s", query, got, want)
		}
	}
}

// migrationText is the file of a migration.
func migrationText(t *testing.T, number int64) string {
	t.Helper()
	names, err := fs.Glob(migrations.FS, fmt.Sprintf("%05d_*.sql", number))
	if err != nil || len(names) != 1 {
		t.Fatalf("migration %d is in %v: %v", number, names, err)
	}
	text, err := migrations.FS.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
