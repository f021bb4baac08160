// Package app is what every command shares: the settings, the streams, the log and the engines that they give, and the
// few things that commands of several groups do alike. What one command does stands with it, or in a package of its own.
package app

import (
	"context"
	"fmt"
	"io"

	"github.com/sethvargo/go-envconfig"
	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
)

// Version is the program's own; the contract's and the definitions' have theirs.
const Version = "0.1.0"

// App is what a command works with. Settings and Log are there once Prepare has run, which is before any command does.
type App struct {
	Settings *settings.Settings
	// Out and Err are for people and show what names would do to a terminal; terminal.Raw gives what programs read.
	Out, Err io.Writer
	Log      *zap.Logger

	env                     envconfig.Lookuper
	dataFlag, logFormatFlag string
}

// New gives commands their streams, and the environment as the place of their settings.
func New(env envconfig.Lookuper, out, errOut io.Writer) *App {
	return &App{env: env, Out: &terminal.Visible{Out: out}, Err: &terminal.Visible{Out: errOut}}
}

// AddFlags adds the flags that every command below root has.
func (a *App) AddFlags(root *cobra.Command) {
	root.PersistentFlags().StringVar(&a.dataFlag, "data", "", "data folder (default ./data, or DOORSTROOM_DATA)")
	root.PersistentFlags().StringVar(&a.logFormatFlag, "log-format", "", "console or json (default console, or DOORSTROOM_LOG_FORMAT)")
}

// Prepare reads the settings and opens the log before a command runs.
func (a *App) Prepare(cmd *cobra.Command) error {
	if err := cmd.ValidateRequiredFlags(); err != nil {
		return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	}
	s, err := settings.Read(cmd.Context(), a.env)
	if err != nil {
		return err
	}
	if a.dataFlag != "" {
		s.Data = a.dataFlag
	}
	if a.logFormatFlag != "" {
		s.LogFormat = a.logFormatFlag
	}
	a.Settings = s
	a.Log, err = terminal.NewLog(s.LogFormat, s.LogLevel, a.Err)
	return err
}

// SettingLines are the settings after the flags had their say.
func (a *App) SettingLines() []settings.Line {
	lines := a.Settings.List(a.env)
	for i := range lines {
		if lines[i].Name == "DOORSTROOM_DATA" && a.dataFlag != "" || lines[i].Name == "DOORSTROOM_LOG_FORMAT" && a.logFormatFlag != "" {
			lines[i].Source = "flag"
		}
	}
	return lines
}

// Words is where lines for people go.
func (a *App) Words() io.Writer { return terminal.Words(a.Err, a.Settings.LogFormat) }

// Landing is the landing folder: that of the flag, else that of the settings, which may be none.
func (a *App) Landing(flag string) string {
	if flag != "" {
		return flag
	}
	return a.Settings.Landing
}

// With runs f with the engines that it needs.
func (a *App) With(ctx context.Context, n engines.Needs, f func(context.Context, *engines.Engines) error) error {
	return engines.With(ctx, a.Settings, a.Log, n, f)
}

// WithWarehouse runs f, which only reads, with ClickHouse alone and the tables as they are: that of a command that keeps an
// embedded one up, when there is one.
func (a *App) WithWarehouse(ctx context.Context, f func(context.Context, *engines.Engines) error) error {
	return a.With(ctx, engines.Needs{Reads: true}, f)
}
