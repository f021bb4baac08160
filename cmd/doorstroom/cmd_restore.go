package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/backup"
	"doorstroom/pipelines/delivery"
)

func newRestore(a *app) *cobra.Command {
	var from, identity string
	cmd := &cobra.Command{
		Use:   "restore",
		Short: "Bring back a backup into an empty data folder",
		Long: `Brings back what 'doorstroom backup' saved into the folder that --data names,
which must be new or empty. Every file is held against its hash before anything
is written, and every table against its rows and hash afterwards. A restore that
fails leaves the folder empty; one that was killed is started again by the next.

Afterwards 'doorstroom run' reads from the landing folder what came after the
backup. Persons who were erased after it are back: erase them again. With a
ClickHouse server of your own it restores from its own disk, into databases that
must not be there yet. docs/backup.md says more.`,
		Example: `  doorstroom restore --from /backups/2026-11-23 --data ./data-restored
  doorstroom restore --from /backups/2026-11-23 --identity key.txt --data ./data-restored`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			identities, err := readIdentities(identity)
			if err != nil {
				return err
			}
			return a.restore(cmd.Context(), from, identities)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "folder of the backup (required)")
	cmd.Flags().StringVar(&identity, "identity", "", "file with the age identity that opens a sealed backup")
	_ = cmd.MarkFlagRequired("from")
	return cmd
}

func readIdentities(path string) ([]age.Identity, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("--identity: %w", err))
	}
	defer file.Close()
	identities, err := age.ParseIdentities(file)
	if err != nil {
		return nil, usage(fmt.Errorf("--identity: %s holds no age identity, as 'age-keygen' writes one", path))
	}
	return identities, nil
}

func (a *app) restore(ctx context.Context, from string, identities []age.Identity) error {
	bar := newProgress(a.words())
	defer bar.stop()
	bar.start("checking the backup", "bytes", 0)
	b, err := backup.Open(from, identities, bar.set)
	if err != nil {
		return err
	}
	bar.end("whole")
	server := a.settings.ClickHouseAddr != ""
	if server != (b.Place.Disk != "") {
		return errors.New(otherWorld(server))
	}
	r := &restoring{app: a, backup: b, bar: bar}
	if _, hasLog := b.File(logFile); server && !hasLog {
		err = r.warehouse(ctx, b.Place, func() error { return nil })
	} else {
		err = r.intoDataFolder(ctx)
	}
	if err != nil {
		return a.explain(ctx, err)
	}
	_, err = fmt.Fprintf(a.out, "restored: %s\n'doorstroom run' reads from the landing folder what came after it; erase again who was erased since\n", b.Manifest)
	return err
}

func otherWorld(server bool) string {
	if server {
		return "this backup is of an embedded ClickHouse: restore it without DOORSTROOM_CLICKHOUSE_ADDR"
	}
	return "this backup is on the disk of a ClickHouse server: set DOORSTROOM_CLICKHOUSE_ADDR to a server that has that disk"
}

// restoring is one restore under way.
type restoring struct {
	app    *app
	backup *backup.Backup
	bar    *progress
}

// intoDataFolder fills a data folder, or leaves it as it was.
func (r *restoring) intoDataFolder(ctx context.Context) error {
	data := r.app.settings.Data
	folder, err := embedded.BeginRestore(data, r.app.log)
	if err != nil {
		return environment(err)
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
	r.bar.start("copying", "bytes", file.Bytes)
	err := r.backup.Extract(warehouseFile, func(in io.Reader) error {
		return embedded.ReadBackup(data, io.TeeReader(in, &teller{ctx: ctx, to: io.Discard, total: file.Bytes, tell: r.bar.set}))
	})
	if err != nil {
		return err
	}
	r.bar.end("done")
	return nil
}

// warehouse restores and checks what ClickHouse has at a place, and brings its tables up to date.
func (r *restoring) warehouse(ctx context.Context, from backup.Place, lay func() error) (err error) {
	e := &engines{}
	defer e.close()
	if e.tools, err = embedded.FindTools(r.app.settings.LibCHDB, r.app.settings.DBT); err != nil {
		return environment(err)
	}
	if err := r.app.connectClickHouse(ctx, e); err != nil {
		return environment(err)
	}
	if err := lay(); err != nil {
		return err
	}
	r.bar.start("ClickHouse's restore", "tables", 0)
	if err := backup.Load(ctx, e.db, from); err != nil {
		return err
	}
	if err := r.backup.Check(ctx, e.db); err != nil {
		return err
	}
	r.bar.end(fmt.Sprintf("%d tables, all as backed up", len(r.backup.Tables)))
	if _, err := e.db.Migrate(ctx); err != nil {
		return err
	}
	if err := delivery.Note(ctx, e.db, delivery.Action{Who: userName(), What: "restore", Subject: "backup of " + r.backup.MadeAt.Format("2006-01-02 15:04:05 UTC")}); err != nil {
		return err
	}
	if r.backup.Place.Disk != "" {
		return nil
	}
	return embedded.ClearBackupDir(r.app.settings.Data)
}
