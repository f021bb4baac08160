package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"go.uber.org/zap"
)

// hopeless is an error that trying again will not help.
type hopeless struct{ err error }

func (h *hopeless) Error() string { return h.err.Error() }

func (h *hopeless) Unwrap() error { return h.err }

func isHopeless(err error) bool {
	var h *hopeless
	return errors.As(err, &h)
}

// later is an error with the time that the other side asks to wait.
type later struct {
	err   error
	after time.Duration
}

func (l *later) Error() string { return l.err.Error() }

func (l *later) Unwrap() error { return l.err }

// patience is how often and how long something is tried.
type patience struct {
	tries int
	wait  time.Duration
	log   *zap.Logger
}

func newPatience(tries int, wait time.Duration, log *zap.Logger) patience {
	if tries <= 0 {
		tries = 8
	}
	if wait <= 0 {
		wait = 500 * time.Millisecond
	}
	return patience{tries: tries, wait: wait, log: log}
}

// do tries until it is done, hopeless, or was tried too often in a row without
// getting further.
func (p patience) do(ctx context.Context, try func() (further bool, err error)) error {
	for n := 1; ; n++ {
		further, err := try()
		if err == nil || ctx.Err() != nil || isHopeless(err) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, errUnsettled) {
			return err
		}
		if further {
			n = 1
		}
		wait := p.pause(n, err)
		if wait > askedLimit {
			return fmt.Errorf("%w; it asks to wait %s: run again after that", err, wait.Round(time.Second))
		}
		if n >= p.tries {
			return err
		}
		p.log.Warn("a supplier did not answer as it should and is asked again", zap.Int("try", n+1), zap.Duration("after", wait))
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

const (
	// waitLimit is the longest pause of our own choice.
	waitLimit = 2 * time.Minute
	// askedLimit is the longest that the other side may ask for; nothing is asked sooner than it says.
	askedLimit = 10 * time.Minute
)

// pause is what the other side asks for, else twice as long each time.
func (p patience) pause(n int, err error) time.Duration {
	var l *later
	if errors.As(err, &l) && l.after > 0 {
		return l.after
	}
	return min(p.wait<<min(n-1, 20), waitLimit)
}
