package upkeep

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
)

func newConfig(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "List every setting, its value and where it came from",
		Long: `Lists every setting with its value and its source: default, environment or
flag. Secrets are never shown. A setting is given by its environment name.`,
		Example: `  doorstroom config
  DOORSTROOM_WORKERS=4 doorstroom config --format JSON`,
		Args: cobra.NoArgs,
	}
	format := cmd.Flags().String("format", "table", "CSV, JSON or table")
	cmd.RunE = func(*cobra.Command, []string) error {
		return printSettings(a.Out, a.SettingLines(), *format)
	}
	return cmd
}

func printSettings(out io.Writer, lines []settings.Line, format string) error {
	switch strings.ToLower(format) {
	case "json":
		return json.NewEncoder(terminal.Raw(out)).Encode(lines)
	case "csv":
		w := csv.NewWriter(terminal.Raw(out))
		_ = w.Write([]string{"setting", "value", "source", "meaning"})
		for _, l := range lines {
			_ = w.Write([]string{l.Name, l.Value, l.Source, l.Help})
		}
		w.Flush()
		return w.Error()
	case "table":
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "SETTING\tVALUE\tSOURCE\tMEANING")
		for _, l := range lines {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Name, l.Value, l.Source, l.Help)
		}
		return w.Flush()
	}
	return exit.Usage(fmt.Errorf("format %q: use CSV, JSON or table", format))
}
