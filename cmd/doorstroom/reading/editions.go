package reading

import (
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/pipelines/edition"
)

func newEditions(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "editions",
		Short: "List the current editions, with rows and content hash per table",
		Long: `Lists the current editions: per edition and table of facts the number of rows and a
content hash. The hash depends on the rows only, not on their order: two
warehouses with the same hash hold the same facts. Then the version of the
definitions that the edition was made with, and whether made-up persons count in it.`,
		Example: "  doorstroom editions\n  doorstroom editions --format JSON",
		Args:    cobra.NoArgs,
	}
	format := lists.Flag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.Print(cmd, edition.ContentQuery(), *format) }
	return cmd
}
