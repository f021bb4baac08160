package load

import (
	"context"
	"doorstroom/schemas"
	"time"

	"go.uber.org/zap"
)

// leaveTime is how long a member may take to leave its group; it gives up what it waits for long before.
const leaveTime = 10 * time.Second

// rejoinTime is what a group may need until it no longer waits for a member that did not leave, and work begins.
const rejoinTime = 45 * time.Second

// watch returns when the loader is stuck, or ctx ends: messages wait, and for the time stuck nothing was
// fetched or inserted, nothing failed and no generation began. kafka-go is known to stand still after a broker came back
// (its issues 387 and 1276); a loader that tries again and again, such as while ClickHouse is away, is not stuck.
func (l *Loader) watch(ctx context.Context, stuck time.Duration) {
	tick := time.NewTicker(max(stuck/6, time.Millisecond))
	defer tick.Stop()
	life, since := l.life(), time.Time{} // since when messages wait in vain
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := l.life(); now != life {
			life, since = now, time.Time{}
			continue
		}
		lag, err := l.config.Kafka.Lag(ctx, l.config.Group, schemas.LoadedTopics()...)
		switch {
		case err != nil: // with nobody to ask nothing is gained by rejoining
		case lag == 0:
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) >= stuck:
			l.config.Log.Error("the loader stood still with messages waiting, and joins its consumer group again", zap.Int64("messages", lag))
			return
		}
	}
}

// signs are counts of what shows that a loader is alive.
type signs struct{ fetched, inserted, events uint64 }

func (l *Loader) life() signs { return signs{l.fetched.Load(), l.inserted.Load(), l.events.Load()} }
