package engines

import (
	"context"
	"time"

	"doorstroom/deploy/embedded"
)

const (
	// serverGrace is what the embedded ClickHouse gets before it is killed, once the command is asked to stop; what it
	// confirmed is safe.
	serverGrace = 3 * time.Second
	// closeGrace is what it gets when nobody is waiting for the command to end.
	closeGrace = 30 * time.Second
)

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
