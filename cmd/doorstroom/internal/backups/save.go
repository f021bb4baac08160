// Package backups saves the warehouse with what belongs to the same moment, the embedded log, and brings both back. The
// folder of a backup and what is compared are those of pipelines/backup; the data folder is deploy/embedded's.
package backups

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/backup"
	"doorstroom/pipelines/delivery"
)

// Files of a backup.
const (
	warehouseFile = "warehouse.tar"
	logFile       = "log.tar"
)

// Job is what saving and restoring work with.
type Job struct {
	Settings *settings.Settings
	Log      *zap.Logger
	Progress *terminal.Progress
	// Who is noted in the warehouse, Program the version in the manifest.
	Who, Program string
}

// Save writes a backup into a new folder, sealed for the recipients if there are any. With disk the server writes it, to
// that disk of its own.
func (j *Job) Save(ctx context.Context, out, disk string, recipients []age.Recipient) (made backup.Manifest, err error) {
	if j.Settings.ClickHouseAddr != "" && j.ownLog() {
		// The embedded log alone: engines do not hold the data folder for it.
		l, err := embedded.LockData(j.Settings.Data, j.Log)
		if err != nil {
			return made, exit.Environment(err)
		}
		defer l.Unlock() //nolint:errcheck // the end of the process unlocks it too
	}
	err = engines.With(ctx, j.Settings, j.Log, engines.Needs{}, func(ctx context.Context, e *engines.Engines) (err error) {
		made, err = j.Write(ctx, e, out, disk, recipients)
		return err
	})
	return made, err
}

// Write is Save from engines that are open.
func (j *Job) Write(ctx context.Context, e *engines.Engines, out, disk string, recipients []age.Recipient) (made backup.Manifest, err error) {
	folder, err := backup.Begin(out, recipients)
	if err != nil {
		return made, noRoom(err)
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	s := &saving{Job: j, engines: e, folder: folder, disk: disk}
	if err := s.run(ctx); err != nil {
		return made, noRoom(err)
	}
	return s.manifest, delivery.Note(ctx, e.Warehouse, delivery.Action{Who: j.Who, What: "backup", Subject: out})
}

func (j *Job) ownLog() bool {
	return len(j.Settings.KafkaBrokers) == 0 && embedded.HasLog(j.Settings.Data)
}

// noRoom gives a full disk of the backup its exit code.
func noRoom(err error) error {
	var full *backup.ErrNoRoom
	if errors.As(err, &full) {
		return exit.Environment(full)
	}
	return err
}

// saving is one backup under way.
type saving struct {
	*Job
	engines  *engines.Engines
	folder   *backup.Folder
	disk     string
	manifest backup.Manifest
}

func (s *saving) run(ctx context.Context) error {
	s.Progress.Start("what is in the warehouse", "tables", 0)
	content, err := backup.Content(ctx, s.engines.Warehouse)
	if err != nil {
		return err
	}
	s.manifest = backup.Manifest{MadeAt: time.Now().UTC(), Program: s.Program, Warehouse: content}
	s.Progress.End(fmt.Sprintf("%d tables", len(content.Tables)))
	save := s.warehouse
	if s.disk != "" {
		save = s.onServer
	}
	if err := save(ctx); err != nil {
		return err
	}
	if s.ownLog() {
		if err := s.folder.Add(logFile, func(w io.Writer) error { return embedded.WriteLog(s.Settings.Data, w) }); err != nil {
			return err
		}
	}
	s.Progress.Start("reading again", "bytes", 0)
	if err := s.folder.Finish(s.manifest, s.Progress.Set); err != nil {
		return err
	}
	s.Progress.End("all as written")
	return nil
}

// warehouse lets the embedded server write its backup into the data folder, and copies it from there, sealed or not.
func (s *saving) warehouse(ctx context.Context) (err error) {
	data := s.Settings.Data
	if err := embedded.ClearBackupDir(data); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, embedded.ClearBackupDir(data)) }()
	s.Progress.Start("ClickHouse's backup", "bytes", 0)
	bytes, err := backup.Save(ctx, s.engines.Warehouse, backup.Place{Disk: embedded.BackupDisk, Name: embedded.BackupName})
	if err != nil {
		return err
	}
	s.Progress.End(fmt.Sprintf("%d bytes", bytes))
	s.Progress.Start("copying", "bytes", int64(bytes))
	err = s.folder.Add(warehouseFile, func(w io.Writer) error {
		return embedded.WriteBackup(data, &teller{ctx: ctx, to: w, total: int64(bytes), tell: s.Progress.Set})
	})
	if err != nil {
		return err
	}
	s.Progress.End("done")
	return nil
}

// onServer lets a server of one's own write its backup, and makes sure that nobody else wrote to the warehouse meanwhile.
func (s *saving) onServer(ctx context.Context) error {
	s.Progress.Start("ClickHouse's backup", "bytes", 0)
	s.manifest.Place = backup.Place{Disk: s.disk, Name: "doorstroom-" + s.manifest.MadeAt.Format("20060102T150405Z")}
	if _, err := backup.Save(ctx, s.engines.Warehouse, s.manifest.Place); err != nil {
		return err
	}
	after, err := backup.Content(ctx, s.engines.Warehouse)
	if err != nil {
		return err
	}
	if changed := s.manifest.Differences(after); len(changed) > 0 {
		return fmt.Errorf("the warehouse changed while it was backed up (%s): stop 'run' and 'serve', remove %s from the server, and run the command again",
			strings.Join(changed, ", "), s.manifest.Place)
	}
	s.Progress.End("written to " + s.manifest.Place.String())
	return nil
}
