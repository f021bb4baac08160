package backups

import (
	"context"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/backup"
	"doorstroom/pipelines/delivery"
)

// Restore brings back a backup into an empty data folder, or into a server that has nothing of the program yet.
func (j *Job) Restore(ctx context.Context, from string, identities []age.Identity) (backup.Manifest, error) {
	j.Progress.Start("checking the backup", "bytes", 0)
	b, err := backup.Open(from, identities, j.Progress.Set)
	if err != nil {
		return backup.Manifest{}, err
	}
	j.Progress.End("whole")
	server := j.Settings.ClickHouseAddr != ""
	if server != (b.Place.Disk != "") {
		return backup.Manifest{}, errors.New(otherWorld(server))
	}
	r := &restoring{Job: j, backup: b}
	if _, hasLog := b.File(logFile); server && !hasLog {
		err = r.warehouse(ctx, b.Place, func() error { return nil })
	} else {
		err = r.intoDataFolder(ctx)
	}
	return b.Manifest, engines.Explain(ctx, j.Settings, err)
}

func otherWorld(server bool) string {
	if server {
		return "this backup is of an embedded ClickHouse: restore it without DOORSTROOM_CLICKHOUSE_ADDR"
	}
	return "this backup is on the disk of a ClickHouse server: set DOORSTROOM_CLICKHOUSE_ADDR to a server that has that disk"
}

// restoring is one restore under way.
type restoring struct {
	*Job
	backup *backup.Backup
}

// intoDataFolder fills a data folder, or leaves it as it was.
func (r *restoring) intoDataFolder(ctx context.Context) error {
	data := r.Settings.Data
	folder, err := embedded.BeginRestore(data, r.Log)
	if err != nil {
		return exit.Environment(err)
	}
	if err := r.fill(ctx, data); err != nil {
		return errors.Join(err, folder.Abandon())
	}
	return folder.Finish()
}

func (r *restoring) fill(ctx context.Context, data string) error {
	if _, hasLog := r.backup.File(logFile); hasLog {
		if err := r.backup.Extract(logFile, func(in io.Reader) error { return embedded.ReadLog(data, in) }); err != nil {
			return err
		}
	}
	if r.backup.Place.Disk != "" {
		return r.warehouse(ctx, r.backup.Place, func() error { return nil })
	}
	return r.warehouse(ctx, backup.Place{Disk: embedded.BackupDisk, Name: embedded.BackupName}, func() error { return r.lay(ctx, data) })
}

// lay puts ClickHouse's backup where the embedded server can read it.
func (r *restoring) lay(ctx context.Context, data string) error {
	file, _ := r.backup.File(warehouseFile) // Extract says if it lacks
	r.Progress.Start("copying", "bytes", file.Bytes)
	err := r.backup.Extract(warehouseFile, func(in io.Reader) error {
		return embedded.ReadBackup(data, io.TeeReader(in, &teller{ctx: ctx, to: io.Discard, total: file.Bytes, tell: r.Progress.Set}))
	})
	if err != nil {
		return err
	}
	r.Progress.End("done")
	return nil
}

// warehouse restores and checks what ClickHouse has at a place, and brings its tables up to date.
func (r *restoring) warehouse(ctx context.Context, from backup.Place, lay func() error) error {
	e := engines.New(r.Settings, r.Log)
	defer e.Close()
	if err := e.FindTools(); err != nil {
		return exit.Environment(err)
	}
	if err := e.Connect(ctx); err != nil {
		return exit.Environment(err)
	}
	if err := lay(); err != nil {
		return err
	}
	r.Progress.Start("ClickHouse's restore", "tables", 0)
	if err := backup.Load(ctx, e.Warehouse, from); err != nil {
		return err
	}
	if err := r.backup.Check(ctx, e.Warehouse); err != nil {
		return err
	}
	r.Progress.End(fmt.Sprintf("%d tables, all as backed up", len(r.backup.Tables)))
	if _, err := e.Warehouse.Migrate(ctx); err != nil {
		return err
	}
	if err := delivery.Note(ctx, e.Warehouse, delivery.Action{Who: r.Who, What: "restore", Subject: "backup of " + r.backup.MadeAt.Format("2006-01-02 15:04:05 UTC")}); err != nil {
		return err
	}
	if r.backup.Place.Disk != "" {
		return nil
	}
	return embedded.ClearBackupDir(r.Settings.Data)
}
