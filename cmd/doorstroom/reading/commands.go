// Package reading holds the commands that show what the warehouse holds.
package reading

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
)

// Commands are those of this group, in a file each.
func Commands(a *app.App) []*cobra.Command {
	return []*cobra.Command{newWarehouse(a), newSQL(a), newMarts(a), newReport(a), newEditions(a), newDeliveries(a), newQuarantine(a), newDiff(a), newExplain(a)}
}
