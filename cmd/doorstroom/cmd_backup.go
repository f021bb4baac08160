package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/backup"
	"doorstroom/pipelines/delivery"
)

// Files of a backup.
const (
	warehouseFile = "warehouse.tar"
	logFile       = "log.tar"
)

// backupOptions are the arguments of backup.
type backupOptions struct {
	out, disk  string
	recipients []string
}

func newBackup(a *app) *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Save the warehouse and the embedded log",
		Long: `Writes the warehouse, and the embedded Kafka and schema registry of the same
moment, into a new folder, with a manifest of what is in it. The folder gets its
name when all of it was written and read again; what a broken-off backup left is
taken away by the next. No other command can use the data folder meanwhile.

With --recipient the files are sealed with age (age-encryption.org): only who
has the identity file of a recipient can restore them.

With a ClickHouse server of your own the server writes the backup itself, to a
disk of its configuration that --disk names; the folder then holds the manifest.
Stop 'run' and 'serve' first. docs/backup.md says more.`,
		Example: `  doorstroom backup --out /backups/2026-11-23
  doorstroom backup --out /backups/2026-11-23 --recipient age1...
  DOORSTROOM_CLICKHOUSE_ADDR=ch:9440 DOORSTROOM_CLICKHOUSE_TLS=true doorstroom backup --out /backups/2026-11-23 --disk backups`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.backup(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.out, "out", "", "folder of the backup, which must be new or empty (required)")
	cmd.Flags().StringArrayVar(&o.recipients, "recipient", nil, "seal for this age public key; may be given more than once")
	cmd.Flags().StringVar(&o.disk, "disk", "", "disk of your ClickHouse server to write to")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

func (a *app) backup(ctx context.Context, o backupOptions) (err error) {
	recipients, err := o.check(a.settings.ClickHouseAddr != "")
	if err != nil {
		return err
	}
	if a.settings.ClickHouseAddr != "" {
		// The embedded log alone: withWarehouse does not hold the data folder for it.
		unlock, err := a.lockLog()
		if err != nil {
			return err
		}
		defer unlock()
	}
	return a.withWarehouse(ctx, func(ctx context.Context, e *engines) (err error) {
		folder, err := backup.Begin(o.out, recipients)
		if err != nil {
			return backupError(err)
		}
		defer func() { err = errors.Join(err, folder.Close()) }()
		s := &saving{app: a, engines: e, folder: folder, disk: o.disk, bar: newProgress(a.words())}
		defer s.bar.stop()
		if err := s.run(ctx); err != nil {
			return backupError(err)
		}
		if err := delivery.Note(ctx, e.db, delivery.Action{Who: userName(), What: "backup", Subject: o.out}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "backup: %s in %s\n", s.manifest, o.out)
		return err
	})
}

// check reads the recipients and refuses what does not go together.
func (o backupOptions) check(server bool) ([]age.Recipient, error) {
	switch {
	case server && o.disk == "":
		return nil, usage(errors.New("DOORSTROOM_CLICKHOUSE_ADDR is set: say with --disk to which disk of that server it writes its backup; docs/backup.md shows how it gets one"))
	case !server && o.disk != "":
		return nil, usage(errors.New("--disk is for a ClickHouse server of your own (DOORSTROOM_CLICKHOUSE_ADDR): leave it out"))
	case server && len(o.recipients) > 0:
		return nil, usage(errors.New("--recipient seals what doorstroom writes, and here your server writes the backup: leave it out, and give the server an encrypted disk"))
	case len(o.recipients) == 0:
		return nil, nil
	}
	recipients, err := age.ParseRecipients(strings.NewReader(strings.Join(o.recipients, "\n")))
	if err != nil {
		return nil, usage(errors.New("--recipient is not an age public key: 'age-keygen -y IDENTITY-FILE' prints it"))
	}
	return recipients, nil
}

// lockLog holds the data folder if the log is embedded.
func (a *app) lockLog() (unlock func(), err error) {
	if len(a.settings.KafkaBrokers) > 0 || !embedded.HasLog(a.settings.Data) {
		return func() {}, nil
	}
	l, err := embedded.LockData(a.settings.Data, a.log)
	if err != nil {
		return nil, environment(err)
	}
	return func() { _ = l.Unlock() }, nil
}

// backupError gives a full disk of the backup its exit code.
func backupError(err error) error {
	var full *backup.ErrNoRoom
	if errors.As(err, &full) {
		return environment(full)
	}
	return err
}

// saving is one backup under way.
type saving struct {
	app      *app
	engines  *engines
	folder   *backup.Folder
	disk     string
	bar      *progress
	manifest backup.Manifest
}

func (s *saving) run(ctx context.Context) error {
	s.bar.start("what is in the warehouse", "tables", 0)
	content, err := backup.Content(ctx, s.engines.db)
	if err != nil {
		return err
	}
	s.manifest = backup.Manifest{MadeAt: time.Now().UTC(), Program: version, Warehouse: content}
	s.bar.end(fmt.Sprintf("%d tables", len(content.Tables)))
	save := s.warehouse
	if s.disk != "" {
		save = s.onServer
	}
	if err := save(ctx); err != nil {
		return err
	}
	if len(s.app.settings.KafkaBrokers) == 0 && embedded.HasLog(s.app.settings.Data) {
		if err := s.folder.Add(logFile, func(w io.Writer) error { return embedded.WriteLog(s.app.settings.Data, w) }); err != nil {
			return err
		}
	}
	s.bar.start("reading again", "bytes", 0)
	if err := s.folder.Finish(s.manifest, s.bar.set); err != nil {
		return err
	}
	s.bar.end("all as written")
	return nil
}

// warehouse lets the embedded server write its backup into the data folder, and copies it from there, sealed or not.
func (s *saving) warehouse(ctx context.Context) (err error) {
	data := s.app.settings.Data
	if err := embedded.ClearBackupDir(data); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, embedded.ClearBackupDir(data)) }()
	s.bar.start("ClickHouse's backup", "bytes", 0)
	bytes, err := backup.Save(ctx, s.engines.db, backup.Place{Disk: embedded.BackupDisk, Name: embedded.BackupName})
	if err != nil {
		return err
	}
	s.bar.end(fmt.Sprintf("%d bytes", bytes))
	s.bar.start("copying", "bytes", int64(bytes))
	err = s.folder.Add(warehouseFile, func(w io.Writer) error {
		return embedded.WriteBackup(data, &teller{ctx: ctx, to: w, total: int64(bytes), tell: s.bar.set})
	})
	if err != nil {
		return err
	}
	s.bar.end("done")
	return nil
}

// onServer lets a server of one's own write its backup, and makes sure that nobody else wrote to the warehouse meanwhile.
func (s *saving) onServer(ctx context.Context) error {
	s.bar.start("ClickHouse's backup", "bytes", 0)
	s.manifest.Place = backup.Place{Disk: s.disk, Name: "doorstroom-" + s.manifest.MadeAt.Format("20060102T150405Z")}
	if _, err := backup.Save(ctx, s.engines.db, s.manifest.Place); err != nil {
		return err
	}
	after, err := backup.Content(ctx, s.engines.db)
	if err != nil {
		return err
	}
	if changed := s.manifest.Differences(after); len(changed) > 0 {
		return fmt.Errorf("the warehouse changed while it was backed up (%s): stop 'run' and 'serve', remove %s from the server, and run the command again",
			strings.Join(changed, ", "), s.manifest.Place)
	}
	s.bar.end("written to " + s.manifest.Place.String())
	return nil
}

// teller passes on what is written until ctx is over, and tells how much it was.
type teller struct {
	ctx         context.Context
	to          io.Writer
	done, total int64
	tell        func(done, total int64)
}

func (t *teller) Write(p []byte) (int, error) {
	if err := context.Cause(t.ctx); err != nil {
		return 0, err
	}
	n, err := t.to.Write(p)
	t.done += int64(n)
	t.tell(t.done, max(t.total, t.done))
	return n, err
}
