package source

import (
	"context"
	"errors"
	"io"
	"time"
)

// errStalled says that the other side went silent.
var errStalled = errors.New("nothing arrived for too long, or next to nothing")

// enough is how many bytes have to come in the time that nothing may: a server
// that gives a byte now and then would else hold on to a run for ever.
const enough = 16 << 10

// watch opens a body that gives an error when less than enough comes for too long.
func watch(ctx context.Context, stall time.Duration, open func(context.Context) (io.ReadCloser, error)) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(stall, func() { cancel(errStalled) })
	body, err := open(ctx)
	if err != nil {
		timer.Stop()
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		cancel(nil)
		return nil, err
	}
	return &watched{body: body, ctx: ctx, cancel: cancel, timer: timer, stall: stall}, nil
}

// watched is a body that is given up when it stalls.
type watched struct {
	body   io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	stall  time.Duration
	came   int // since the timer began
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if w.came += n; err == nil && w.came >= enough {
		w.came = 0
		w.timer.Reset(w.stall)
	}
	if cause := context.Cause(w.ctx); err != nil && err != io.EOF && cause != nil {
		err = cause
	}
	return n, err
}

// Close implements io.Closer.
func (w *watched) Close() error {
	err := w.body.Close() // may wait for an answer, but not for ever
	w.timer.Stop()
	w.cancel(nil)
	return err
}
