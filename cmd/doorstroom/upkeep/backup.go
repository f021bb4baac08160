package upkeep

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/backups"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
)

// backupOptions are the arguments of backup.
type backupOptions struct {
	out, disk  string
	recipients []string
}

func newBackup(a *app.App) *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Save the warehouse and the embedded log",
		Long: `Writes the warehouse, and the embedded Kafka and schema registry of the same
moment, into a new folder, with a manifest of what is in it. The folder gets its
name once all of it has been written and read back; what a broken-off backup left
is removed by the next. No other command can use the data folder meanwhile.

With --recipient the files are sealed with age (age-encryption.org): only whoever
has the identity file of a recipient can restore them.

With a ClickHouse server of your own the server writes the backup itself, to a
disk of its configuration that --disk names; the folder then holds the manifest.
Stop 'run' and 'serve' first. docs/backup.md says more.`,
		Example: `  doorstroom backup --out /backups/2026-11-23
  doorstroom backup --out /backups/2026-11-23 --recipient age1...
  DOORSTROOM_CLICKHOUSE_ADDR=ch:9440 DOORSTROOM_CLICKHOUSE_TLS=true doorstroom backup --out /backups/2026-11-23 --disk backups`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return backup(cmd.Context(), a, o) },
	}
	cmd.Flags().StringVar(&o.out, "out", "", "folder of the backup, which must be new or empty (required)")
	cmd.Flags().StringArrayVar(&o.recipients, "recipient", nil, "seal for this age public key; may be given more than once")
	cmd.Flags().StringVar(&o.disk, "disk", "", "disk of your ClickHouse server to write to")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

func backup(ctx context.Context, a *app.App, o backupOptions) error {
	recipients, err := o.check(a.Settings.ClickHouseAddr != "")
	if err != nil {
		return err
	}
	bar := terminal.NewProgress(a.Words())
	defer bar.Stop()
	made, err := job(a, bar).Save(ctx, o.out, o.disk, recipients)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "backup: %s in %s\n", made, o.out)
	return err
}

// job is what saves and restores.
func job(a *app.App, bar *terminal.Progress) *backups.Job {
	return &backups.Job{Settings: a.Settings, Log: a.Log, Progress: bar, Who: app.UserName(), Program: app.Version}
}

// check reads the recipients and refuses what does not go together.
func (o backupOptions) check(server bool) ([]age.Recipient, error) {
	switch {
	case server && o.disk == "":
		return nil, exit.Usage(errors.New("DOORSTROOM_CLICKHOUSE_ADDR is set: say with --disk to which disk of that server it writes its backup; docs/backup.md shows how it gets one"))
	case !server && o.disk != "":
		return nil, exit.Usage(errors.New("--disk is for a ClickHouse server of your own (DOORSTROOM_CLICKHOUSE_ADDR): leave it out"))
	case server && len(o.recipients) > 0:
		return nil, exit.Usage(errors.New("--recipient seals what doorstroom writes, and here your server writes the backup: leave it out, and give the server an encrypted disk"))
	case len(o.recipients) == 0:
		return nil, nil
	}
	recipients, err := age.ParseRecipients(strings.NewReader(strings.Join(o.recipients, "\n")))
	if err != nil {
		return nil, exit.Usage(errors.New("--recipient is not an age public key: 'age-keygen -y IDENTITY-FILE' prints it"))
	}
	return recipients, nil
}
