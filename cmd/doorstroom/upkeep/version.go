package upkeep

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/pipelines/route/definition"
)

func newVersion(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program, the contract and the definitions",
		Example: "  doorstroom version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			revision := ""
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = " (" + s.Value[:min(12, len(s.Value))] + ")"
					}
				}
			}
			_, err := fmt.Fprintf(a.Out, "doorstroom %s%s\ncontract 1.0\ndefinitions %s\n%s %s/%s\n", app.Version, revision, strings.Join(definition.Published().Versions(), ", "), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
