package slice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// errStuck says that a reader has stopped making progress. kafka-go's is known to, after a broker came back (its issues 387 and 1276).
var errStuck = errors.New("the reader has stopped making progress")

// leaveTime is how long a reader may take to leave its group.
const leaveTime = 10 * time.Second

// leave closes a reader and goes on without it when it hangs; its group stops waiting for it when its session ends.
func leave(in *kafka.Reader) {
	left := make(chan struct{})
	go func() {
		defer close(left)
		_ = in.Close() // it has no error to give
	}()
	select {
	case <-left:
	case <-time.After(leaveTime):
	}
}

// watch fails with errStuck when for the time stuck slices waited, no worker of this process had one, none was
// given out and nothing failed. It may be that others work on all of them: then joining again costs a rebalance.
func (p *Pool) watch(ctx context.Context, done *progress, stuck time.Duration) error {
	tick := time.NewTicker(max(stuck/6, time.Millisecond))
	defer tick.Stop()
	life, since := -1, time.Time{} // since when slices wait in vain
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		now, busy := done.signs()
		if now != life || busy {
			life, since = now, time.Time{}
			continue
		}
		lag, err := p.config.Kafka.Lag(ctx, p.config.Group, schemas.SlicesTopic)
		switch {
		case err != nil: // with nobody to ask nothing is gained by joining again
		case lag == 0:
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) >= stuck:
			return fmt.Errorf("%w while %d slices wait", errStuck, lag)
		}
	}
}

// signs tells how many signs of life there were, and whether a message is being worked on.
func (p *progress) signs() (life int, busy bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.life, p.open > 0
}

func (p *progress) alive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life++
}
