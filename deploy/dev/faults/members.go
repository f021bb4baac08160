package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"time"
)

// joinAndLeave starts more workers beside a command, and has them leave while it is under way: one is killed, one is
// asked to stop.
func (w *world) joinAndLeave(p *place, r *rand.Rand) fault {
	stay := time.Duration(1500+r.IntN(2000)) * time.Millisecond
	name := fmt.Sprintf("%s member %d", p.data, r.Uint32())
	return fault{name: "workers join and leave", do: func(ctx context.Context, c *command) error {
		var members []*command
		for i := range 2 {
			other := *p
			other.data = filepath.Join(name, fmt.Sprint(i))
			m, err := other.start(ctx, "serve")
			if err != nil {
				return err
			}
			members = append(members, m)
		}
		select {
		case <-time.After(stay):
		case <-c.ended: // while they were joining
		}
		_ = members[0].Process.Kill()
		_ = members[1].Process.Signal(syscall.SIGTERM)
		for _, m := range members {
			<-m.ended
			if errors.Is(m.failure, errHangs) {
				return fmt.Errorf("a worker that was asked to stop: %w", m.failure)
			}
		}
		return nil
	}}
}
