package terminal

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// stopGrace is how long a command may take to end once it is asked to. Then it ends as it is: whatever is undone then, a
// run goes on with after a kill as well. It is longer than engines give their server.
const stopGrace = 4 * time.Second

// UntilStopped gives a context that ends at the first SIGINT or SIGTERM. A second one, or a command that is not gone
// in time, ends the process.
func UntilStopped(errOut io.Writer) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	keyboard := int(os.Stdin.Fd())
	state, err := term.GetState(keyboard)
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
			_ = term.Restore(keyboard, state) // while a password is read, it shows nothing
		}
		os.Exit(exit.CodeFailed)
	}()
	return ctx, cancel
}
