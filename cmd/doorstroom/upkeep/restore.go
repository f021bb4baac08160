package upkeep

import (
	"context"
	"fmt"
	"os"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
)

func newRestore(a *app.App) *cobra.Command {
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
			return restore(cmd.Context(), a, from, identities)
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
		return nil, exit.Usage(fmt.Errorf("--identity: %w", err))
	}
	defer file.Close()
	identities, err := age.ParseIdentities(file)
	if err != nil {
		return nil, exit.Usage(fmt.Errorf("--identity: %s holds no age identity, as 'age-keygen' writes one", path))
	}
	return identities, nil
}

func restore(ctx context.Context, a *app.App, from string, identities []age.Identity) error {
	bar := terminal.NewProgress(a.Words())
	defer bar.Stop()
	b, err := job(a, bar).Restore(ctx, from, identities)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "restored: %s\n'doorstroom run' reads from the landing folder what came after it; erase again whoever was erased since the backup\n", b)
	return err
}
