// Package operator holds the commands with which a person decides what counts, and what goes.
package operator

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
)

// Commands are those of this group, in a file each.
func Commands(a *app.App) []*cobra.Command {
	return []*cobra.Command{newRelease(a), newWithdraw(a), newErase(a), newRetain(a)}
}
