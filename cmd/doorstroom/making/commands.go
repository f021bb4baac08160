// Package making holds the commands that lead from deliveries to an edition and its marts.
package making

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
)

// Commands are those of this group, in a file each.
func Commands(a *app.App) []*cobra.Command {
	return []*cobra.Command{newRun(a), newServe(a), newSynth(a), newCheck(a)}
}
