// Package publication holds the commands about what may leave: releasing the catalogue, protecting tables and
// attacking them.
package publication

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
)

// Commands are those of this group, in a file each.
func Commands(a *app.App) []*cobra.Command {
	return []*cobra.Command{newPublish(a), newReleases(a), newProtect(a), newAudit(a)}
}
