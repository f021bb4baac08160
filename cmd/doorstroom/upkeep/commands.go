// Package upkeep holds the commands that keep the installation in order.
package upkeep

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
)

// Commands are those of this group, in a file each.
func Commands(a *app.App) []*cobra.Command {
	return []*cobra.Command{newMigrate(a), newBackup(a), newRestore(a), newConfig(a), newDoctor(a), newVersion(a)}
}
