// Command doorstroom follows cohorts of statushouders from azc to sustained
// paid work: it reads the suppliers' deliveries, streams them through Kafka,
// loads, links and counts them in ClickHouse, and reports.
package main

import (
	"fmt"
	"os"

	"doorstroom/deploy/embedded"
)

func main() {
	embedded.RunChildIfAsked()
	if err := embedded.NoCores(); err != nil {
		fmt.Fprintln(os.Stderr, "doorstroom: "+err.Error())
		os.Exit(exitEnvironment)
	}
	ctx, stop := untilStopped(os.Stderr)
	defer stop()
	root := newRoot(os.Stdout, os.Stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		sayError(root, err)
	}
	os.Exit(exitCode(err))
}
