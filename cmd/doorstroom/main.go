// Command doorstroom follows cohorts of statushouders from azc to sustained
// paid work: it reads the suppliers' deliveries, streams them through Kafka,
// loads, links and counts them in ClickHouse, and reports.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"doorstroom/deploy/embedded"
)

func main() {
	embedded.RunChildIfAsked()
	if err := embedded.NoCores(); err != nil {
		fmt.Fprintln(os.Stderr, "doorstroom: "+err.Error())
		os.Exit(exitEnvironment)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(os.Stdout, os.Stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		sayError(root, err)
	}
	os.Exit(exitCode(err))
}
