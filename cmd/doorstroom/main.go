// Command doorstroom follows cohorts of statushouders from azc to sustained
// paid work: it reads the suppliers' deliveries, streams them through Kafka,
// loads, links and counts them in ClickHouse, and reports.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/deploy/embedded"
)

func main() {
	embedded.RunChildIfAsked()
	if err := embedded.NoCores(); err != nil {
		fmt.Fprintln(os.Stderr, "doorstroom: "+err.Error())
		os.Exit(exit.CodeEnvironment)
	}
	ctx, stop := terminal.UntilStopped(os.Stderr)
	defer stop()
	root := newRoot(os.Stdout, os.Stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		terminal.SayError(os.Stderr, logFormat(root), err)
	}
	os.Exit(exit.Code(err))
}

// logFormat is that of the error stream, known or not before the settings were read.
func logFormat(root *cobra.Command) string {
	format, _ := root.PersistentFlags().GetString("log-format") // the flag is there
	if format == "" {
		format = os.Getenv("DOORSTROOM_LOG_FORMAT")
	}
	return format
}
