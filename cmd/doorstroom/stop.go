package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"doorstroom/deploy/embedded"
)

const (
	// stopGrace is how long a command may take to end once it is asked to. Then it ends as it is: whatever is
	// undone then, a run goes on with after a kill as well.
	stopGrace = 4500 * time.Millisecond
	// serverGrace is what of it the embedded ClickHouse gets before it is killed; what it confirmed is safe.
	serverGrace = 3 * time.Second
	// closeGrace is what it gets when nobody is waiting for the command to end.
	closeGrace = 30 * time.Second
)

// untilStopped gives a context that ends at the first SIGINT or SIGTERM. A second one, or a command that is not gone
// in time, ends the process.
func untilStopped(errOut io.Writer) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	keyboard := int(os.Stdin.Fd())
	terminal, err := term.GetState(keyboard)
	go func() {
		<-signals
		cancel()
		select {
		case <-signals:
			fmt.Fprintln(errOut, "stopped at once; the next run goes on where this one was")
		case <-time.After(stopGrace):
			fmt.Fprintf(errOut, "stopped: not everything ended within %s, and is left; the next run goes on where this one was\n", stopGrace)
		}
		if err == nil {
			_ = term.Restore(keyboard, terminal) // while a password is read, it shows nothing
		}
		os.Exit(exitFailed)
	}()
	return ctx, cancel
}

// closer gives what ends an embedded server. Once the command is asked to stop the server has its grace, whatever the
// command waits for: with the server gone, it does not wait for that any more.
func closer(ctx context.Context, server *embedded.ClickHouse) func() {
	leave, hurry := context.WithCancel(context.WithoutCancel(ctx))
	stopWaiting := context.AfterFunc(ctx, func() {
		time.AfterFunc(serverGrace, func() {
			hurry()
			_ = server.Stop(leave)
		})
	})
	return func() {
		limit := time.AfterFunc(closeGrace, hurry)
		_ = server.Stop(leave)
		limit.Stop()
		stopWaiting()
		hurry()
	}
}
